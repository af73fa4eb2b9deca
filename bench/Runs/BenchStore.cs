using Microsoft.Data.Sqlite;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>A simulation's store that is filled before anything is measured: one that stays in its folder, or one of this command alone.</summary>
internal sealed class BenchStore : IDisposable
{
    private const int TablesShown = 8;
    private readonly bool _isOurs;

    private BenchStore(string folder, bool isOurs, string? connection)
    {
        (Folder, _isOurs, Book) = (folder, isOurs, ParkBook.Read(folder));
        if (Book is null && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any())
            throw new ClientException($"{folder}: 目录不空，也不是 fill 建的库 / the folder is not empty, and no store that fill has made.");
        Place = StorePlace.Kept(Path.Combine(folder, "store"), connection);
    }

    /// <summary>Holds the store and, beside it, what a run needs for itself.</summary>
    public string Folder { get; }
    public StorePlace Place { get; }
    /// <summary>Null until the park is made.</summary>
    public ParkBook? Book { get; private set; }
    public string Kind => Place.Connection is null ? "sqlite" : "postgres";

    public static BenchStore Of(string? folder, string? connection) => folder is null
        ? new BenchStore(Directory.CreateTempSubdirectory("shanmen-bench-").FullName, isOurs: true, connection)
        : new BenchStore(Directory.CreateDirectory(folder).FullName, isOurs: false, connection);

    public Task<CentreProgram> Start(CancellationToken cancel) => Book is null ? CentreProgram.Start(Place, simulation: true, cancel) : CentreProgram.StartAgain(Place, cancel);

    public void Keep(ParkBook book) => (Book = book).Write(Folder);

    public Task<long> Orders() => Number("select count(*) from orders");

    public Task<long> Bytes() => Number(Place.Connection is null ? "select page_count * page_size from pragma_page_count(), pragma_page_size()" : "select pg_database_size(current_database())");

    /// <summary>Bytes of the largest tables with their indexes, largest first; null when the store cannot tell.</summary>
    public async Task<Dictionary<string, long>?> Tables()
    {
        var tables = new Dictionary<string, long>();
        await using var store = await Benchmark.Open(Place);
        await using var command = store.CreateCommand();
        command.CommandText = Place.Connection is null
            ? $"select m.tbl_name, sum(s.pgsize) from dbstat s join sqlite_master m on m.name = s.name where s.aggregate = 1 group by 1 order by 2 desc limit {TablesShown}"
            : $"select relname, pg_total_relation_size(oid) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 2 desc limit {TablesShown}";
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) tables[reader.GetString(0)] = reader.GetInt64(1);
        }
        catch (SqliteException) { return null; } // This library was built without dbstat.
        return tables;
    }

    /// <summary>Looks on a connection of its own: one that stayed open would keep the write-ahead log from being recovered at the next start.</summary>
    public async Task<long> Number(string sql)
    {
        await using var store = await Benchmark.Open(Place);
        return await Benchmark.Number(store, sql);
    }

    public void Dispose() { if (_isOurs && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true); }
}
