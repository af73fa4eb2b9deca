using System.Data.Common;

namespace Shanmen.Platform.Storage;

/// <summary>A view of the store at one moment; later commits are invisible to it. It answers one question after the other.</summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly Database _database;
    private readonly DbConnection _connection;

    internal Snapshot(Database database, DbConnection connection) => (_database, _connection) = (database, connection);

    public Task<List<T>> Query<T>(Func<Row, T> read, string sql, params object?[] values) => _database.Read(_connection, read, new Statement(sql, values));

    public async Task<long> Number(string sql, params object?[] values) =>
        (await Query(r => r.IsNull(0) ? 0 : Convert.ToInt64(r.Any(0)), sql, values)).FirstOrDefault();

    /// <summary>Rows one by one, for tables that do not fit into memory.</summary>
    public async IAsyncEnumerable<T> Stream<T>(Func<Row, T> read, string sql, params object?[] values)
    {
        await foreach (var row in _database.Rows(_connection, new Statement(sql, values))) yield return read(row);
    }

    /// <summary>Shows each row of a query, which must be read at once.</summary>
    public async Task Each(Action<Row> look, string sql, params object?[] values)
    {
        await foreach (var row in _database.Rows(_connection, new Statement(sql, values))) look(row);
    }

    /// <summary>Closing the connection ends its transaction.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
