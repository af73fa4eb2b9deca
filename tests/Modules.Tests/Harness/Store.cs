using System.Data.Common;
using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Shanmen.Modules.Tests.Harness;

/// <summary>Where one program keeps its data: a folder of its own and, for PostgreSQL, a database of its own.</summary>
public sealed class Store : IAsyncDisposable
{
    private const string Variable = "SHANMEN_TEST_POSTGRES";
    private readonly string? _server;
    private readonly string? _name;

    private Store(string folder, string? server, string? name) => (Folder, _server, _name) = (folder, server, name);

    /// <summary>The data folder: keys, backups and, for SQLite, the database.</summary>
    public string Folder { get; }
    /// <summary>Connection string of the PostgreSQL database, or null for the embedded one.</summary>
    public string? Database => _server is null ? null : new NpgsqlConnectionStringBuilder(_server) { Database = _name, Timeout = 15 }.ToString();
    public bool IsPostgres => _server is not null;
    /// <summary>The furnished park that this store began as, or null when it began empty.</summary>
    public ParkTemplate? Template { get; internal set; }

    public static Store Sqlite(string? folder = null) => new(folder ?? NewFolder(), null, null);

    /// <summary>A fresh database on the cluster that ./test starts, or on the named one.</summary>
    /// <param name="template">A stopped store whose database is copied.</param>
    public static async Task<Store> Postgres(string? server = null, string? folder = null, Store? template = null)
    {
        server ??= Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(server))
            Assert.Fail($"{Variable} is not set, so nothing on PostgreSQL was tested. Run ./test, or start a cluster and set {Variable}=\"Host=127.0.0.1;Port=…;Username=postgres;Database=postgres\".");
        var name = $"shanmen_{Guid.NewGuid():N}";
        await Execute(server!, $"create database {name}{(template is null ? "" : $" template {template._name}")}");
        return new Store(folder ?? NewFolder(), server, name);
    }

    /// <summary>The same PostgreSQL database for a second program, with a data folder of its own that holds the same keys.</summary>
    public Store Beside()
    {
        var folder = NewFolder();
        File.Copy(Path.Combine(Folder, "keys.json"), Path.Combine(folder, "keys.json"));
        return new Store(folder, _server ?? throw new InvalidOperationException("The embedded store has room for one program."), _name) { IsGuest = true };
    }

    /// <summary>The database is another's to remove.</summary>
    private bool IsGuest { get; init; }

    public static string NewFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"shanmen-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>The arguments with which every verb of the program finds this store.</summary>
    public IEnumerable<string> Arguments => Database is { } database ? ["--data", Folder, "--database", database] : ["--data", Folder];

    /// <summary>Runs one verb of the program to its end.</summary>
    public async Task<VerbResult> Verb(params string[] arguments)
    {
        var start = Centre.StartInfo([.. arguments, .. Arguments]);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { process.Kill(); throw new TimeoutException($"{arguments[0]} did not end within three minutes."); }
        return new VerbResult(process.ExitCode, await output, await errors);
    }

    /// <summary>A connection beside the program, for what only its tables can show.</summary>
    public async Task<DbConnection> Open()
    {
        DbConnection connection = IsPostgres
            ? new NpgsqlConnection(Database + ";Pooling=false")
            : new SqliteConnection($"Data Source={Path.Combine(Folder, "shanmen.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public static async Task<List<object?[]>> Rows(DbConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>Values are named @p0, @p1 … in the statement.</summary>
    public static async Task<int> Change(DbConnection connection, string sql, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    private static DbCommand Command(DbConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@p" + i, values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Everything that the tables hold, as text: for PostgreSQL, whose files belong to the whole cluster.</summary>
    public async Task<string> Dump()
    {
        await using var connection = await Open();
        var tables = await Rows(connection, IsPostgres
            ? "select table_name from information_schema.tables where table_schema = 'public'"
            : "select name from sqlite_master where type = 'table'");
        var text = new StringBuilder();
        foreach (var table in tables)
            foreach (var row in await Rows(connection, $"select * from {table[0]}"))
                text.AppendJoin('\t', row.Select(v => v is byte[] bytes ? Encoding.Latin1.GetString(bytes) : v?.ToString())).Append('\n');
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null && !IsGuest) await Execute(_server, $"drop database if exists {_name} with (force)");
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static async Task Execute(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await Change(connection, sql);
    }
}

/// <summary>What a verb printed and how it ended.</summary>
public sealed record VerbResult(int ExitCode, string Output, string Errors)
{
    public VerbResult MustSucceed() => ExitCode == 0 ? this : throw new Xunit.Sdk.XunitException($"The verb ended with {ExitCode}:\n{Output}{Errors}");
}
