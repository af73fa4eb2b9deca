using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Shanmen.Platform.Storage;

/// <summary>
/// Brings a store to this program's schema, one numbered step after the other, in one transaction with their numbers.
/// A store of a newer program is refused, not guessed at.
/// </summary>
public static class Migrations
{
    private const int NoFile = 14; // SQLITE_CANTOPEN

    /// <summary>The schema that this program reads and writes.</summary>
    public static int Newest => All.Value.Count;

    /// <summary>The first schema in which several lanes may write.</summary>
    internal const int LanesSince = 4;

    private static readonly Lazy<List<(int Version, string Sql)>> All = new(() =>
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select((name, i) => (i + 1, new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd()))];
    });

    /// <summary>The migrations up to a schema, as they are written.</summary>
    internal static IEnumerable<string> Texts(int schema) => schema <= Newest
        ? All.Value.Take(schema).Select(m => m.Sql)
        : throw new InvalidOperationException($"This store has schema {schema}, this program knows {Newest}. Install the newer program; a downgrade is refused.");

    /// <summary>The store's schema; 0 for an empty database. A database that does not answer is a fault, never an empty one.</summary>
    public static async Task<int> VersionOf(Database database)
    {
        try { return (int)await database.Number("select max(version) from schema_version"); }
        catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.UndefinedTable) { return 0; }
        catch (SqliteException none) when (none.SqliteErrorCode is NoFile || none.Message.Contains("no such table", StringComparison.Ordinal)) { return 0; }
    }

    /// <summary>Creates or upgrades the store. Returns true when it was empty before.</summary>
    public static Task<bool> Apply(Database database, StoreKind kind, TimeProvider clock, CancellationToken cancel) => Apply(database, kind, Newest, clock, cancel);

    /// <param name="upTo">The schema to stop at: a backup of an earlier program is restored as it was, and then upgraded.</param>
    internal static async Task<bool> Apply(Database database, StoreKind kind, int upTo, TimeProvider clock, CancellationToken cancel)
    {
        var version = await VersionOf(database);
        _ = Texts(version);
        if (version >= upTo) return false;
        await using var session = await database.OpenSoleSession(cancel);
        // Two programs that start on an empty database both come here; the second finds the work done.
        if ((version = await VersionOf(database)) >= upTo) return false;
        // All steps in one transaction: whatever ends the program, there is the old schema or the new one.
        await session.Begin(cancel);
        foreach (var (number, sql) in All.Value.Where(m => m.Version > version && m.Version <= upTo))
        {
            await session.Execute([.. Statements(sql).Select(database.Translate).OfType<string>().Select(text => new Statement(text))], cancel);
            if (number == 1)
                await session.Execute([new Statement("create table schema_version (version bigint primary key, applied_at bigint not null)"),
                    StoreState.Create(kind.Simulation, kind.Demo, clock.GetUtcNow())], cancel);
            await session.Execute([new Statement("insert into schema_version (version, applied_at) values (@1, @2)", number, Time.Moments.Micros(clock.GetUtcNow()))], cancel);
        }
        await session.Commit(cancel);
        return version == 0;
    }

    internal static IEnumerable<string> Statements(string sql) =>
        string.Join('\n', sql.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)))
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What a new store shall be.</summary>
public sealed record StoreKind(bool Simulation, bool Demo);
