using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>
/// Statements of the embedded store. They speak to SQLite through the same library as Microsoft.Data.Sqlite but one layer below: a
/// command there looks its parameters up by name and makes a reader each time it is run, and its reader boxes what it reads, which
/// cost more than SQLite's own work (bench/results).
/// </summary>
internal static class SqliteStatements
{
    private const int TextOnStack = 512;

    public static sqlite3_stmt Prepare(sqlite3 handle, string sql, uint flags = 0)
    {
        // ?1 is the first parameter wherever it stands; @1 would be the first that is named.
        var result = raw.sqlite3_prepare_v3(handle, sql.Replace('@', '?'), flags, out var statement);
        if (result != raw.SQLITE_OK) Throw(handle, result);
        return statement;
    }

    /// <summary>The rows of a query, each to be read before the next is asked for.</summary>
    public static IEnumerable<Row> Rows(sqlite3 handle, Statement query)
    {
        using var statement = Prepare(handle, query.Sql);
        for (var i = 0; i < query.Values.Length; i++) Bind(handle, statement, i + 1, query.Values[i]);
        var row = new Row(statement.DangerousGetHandle());
        for (int result; (result = raw.sqlite3_step(statement)) != raw.SQLITE_DONE;)
        {
            if (result != raw.SQLITE_ROW) Throw(handle, result);
            yield return row;
        }
    }

    public static void Bind(sqlite3 handle, sqlite3_stmt statement, int at, object? value)
    {
        var to = statement.DangerousGetHandle();
        var result = value switch
        {
            null => SqliteCells.BindNull(to, at),
            long number => SqliteCells.Bind(to, at, number),
            int number => SqliteCells.Bind(to, at, number),
            string text => BindText(to, at, text),
            Guid id => BindId(to, at, id),
            byte[] bytes => SqliteCells.BindBytes(to, at, bytes),
            bool flag => SqliteCells.Bind(to, at, flag ? 1 : 0),
            _ => throw new InvalidOperationException($"A {value.GetType().Name} is not stored."),
        };
        if (result != raw.SQLITE_OK) Throw(handle, result);
    }

    private static int BindId(nint statement, int at, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return SqliteCells.BindBytes(statement, at, bytes);
    }

    private static int BindText(nint statement, int at, string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= TextOnStack ? stackalloc byte[TextOnStack] : new byte[length];
        return SqliteCells.BindText(statement, at, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    public static void MustBeOk(sqlite3 handle, int result)
    {
        if (result != raw.SQLITE_OK) Throw(handle, result);
    }

    public static void Throw(sqlite3 handle, int result) => SqliteException.ThrowExceptionForRC(result, handle);
}
