using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>A simulation's store that is filled before anything is measured: one that stays in its folder, or one of this command alone.</summary>
internal sealed class BenchStore : IDisposable
{
    private readonly string _folder;
    private readonly bool _isOurs;

    private BenchStore(string folder, bool isOurs, string? connection)
    {
        (_folder, _isOurs, Book) = (folder, isOurs, ParkBook.Read(folder));
        if (Book is null && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new ClientException($"{folder}: 目录不空，也不是 fill 建的库 / the folder is not empty, and no store that fill has made.");
        Place = StorePlace.Kept(Path.Combine(folder, "store"), connection);
    }

    public StorePlace Place { get; }
    /// <summary>Null until the park is made.</summary>
    public ParkBook? Book { get; private set; }
    public string Kind => Place.Connection is null ? "sqlite" : "postgres";

    public static BenchStore Of(string? folder, string? connection) => folder is null
        ? new BenchStore(Directory.CreateTempSubdirectory("shanmen-bench-").FullName, isOurs: true, connection)
        : new BenchStore(Directory.CreateDirectory(folder).FullName, isOurs: false, connection);

    public Task<CentreProgram> Start(CancellationToken cancel) => Book is null ? CentreProgram.Start(Place, simulation: true, cancel) : CentreProgram.StartAgain(Place, cancel);

    public void Keep(ParkBook book) => (Book = book).Write(_folder);

    public Task<long> Orders() => Number("select count(*) from orders");

    public Task<long> Bytes() => Number(Place.Connection is null ? "select page_count * page_size from pragma_page_count(), pragma_page_size()" : "select pg_database_size(current_database())");

    /// <summary>Looks on a connection of its own: one that stayed open would keep the write-ahead log from being recovered at the next start.</summary>
    public async Task<long> Number(string sql)
    {
        await using var store = await Benchmark.Open(Place);
        return await Benchmark.Number(store, sql);
    }

    public void Dispose() { if (_isOurs && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true); }
}
