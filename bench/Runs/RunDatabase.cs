using Npgsql;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>The PostgreSQL database of one run: none, the empty one that was named, or a new one on the cluster that ./run bench has started.</summary>
internal sealed class RunDatabase : IAsyncDisposable
{
    /// <summary>Where ./run bench says which cluster it has started.</summary>
    private const string Variable = "SHANMEN_BENCH_POSTGRES";
    private readonly string? _server, _name;

    private RunDatabase(string? connection, string? server, string? name) => (Connection, _server, _name) = (connection, server, name);

    /// <summary>Null = the embedded store.</summary>
    public string? Connection { get; }

    public static RunDatabase Named(string? connection) => new(connection, null, null);

    public static async Task<RunDatabase> Make()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } server)
            throw new ClientException("请用 ./run bench，它会启动一个临时的 PostgreSQL；或给出空库的连接串 / use ./run bench, which starts a PostgreSQL of its own, or name an empty database: --store postgres \"Host=…;Database=…\"");
        var name = $"bench_{Guid.NewGuid():N}";
        await Run(server, $"create database {name}");
        return new RunDatabase(new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString(), server, name);
    }

    private static async Task Run(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        NpgsqlConnection.ClearAllPools();
        await Run(_server, $"drop database if exists {_name} with (force)");
    }
}
