using Npgsql;

namespace Shanmen.Bench.Load;

/// <summary>A statement that answers true or false, and its values for a client's turn; null when nothing is left to ask.</summary>
internal sealed record Call(string Sql, Func<int, int, object[]?> Values);

/// <summary>A client of PostgreSQL itself, on a connection of its own: one prepared call is one transaction.</summary>
internal sealed class PostgresCaller : ILine
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly int _client;
    private readonly Call _call;

    private PostgresCaller(NpgsqlConnection connection, int client, Call call)
    {
        (_connection, _client, _call) = (connection, client, call);
        _command = new NpgsqlCommand(call.Sql, connection);
    }

    public static async Task<ILine[]> Connect(string connectionString, int clients, Call call)
    {
        // Whatever the database is set to, the limit waits for its disk as we do.
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Options = "-c synchronous_commit=on" }.ToString();
        var callers = new List<PostgresCaller>();
        try
        {
            for (var client = 0; client < clients; client++)
            {
                var connection = new NpgsqlConnection(own);
                callers.Add(new PostgresCaller(connection, client, call));
                await connection.OpenAsync();
            }
            return [.. callers];
        }
        catch
        {
            foreach (var caller in callers) caller.Dispose();
            throw;
        }
    }

    public async Task<Heard> Ask(int turn)
    {
        if (_call.Values(_client, turn) is not { } values) return Heard.Nothing;
        if (_command.Parameters.Count == 0)
        {
            foreach (var value in values) _command.Parameters.Add(new NpgsqlParameter { Value = value });
            await _command.PrepareAsync();
        }
        else for (var i = 0; i < values.Length; i++) _command.Parameters[i].Value = values[i];
        return await _command.ExecuteScalarAsync() is true ? Heard.Yes : Heard.No("the function said no");
    }

    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
    }
}
