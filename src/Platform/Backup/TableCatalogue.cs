using System.Text.RegularExpressions;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Backup;

/// <summary>What a cell may hold; in a backup an id is an id, although SQLite keeps it as bytes.</summary>
internal enum CellKind : byte { Number = 1, Text = 2, Bytes = 3, Id = 4 }

internal sealed record TableColumn(string Name, CellKind Kind);

internal sealed record StoreTable(string Name, IReadOnlyList<TableColumn> Columns)
{
    public string ColumnNames => string.Join(", ", Columns.Select(c => c.Name));
    public string Insert => $"insert into {Name} ({ColumnNames}) values ({string.Join(", ", Columns.Select((_, i) => "@" + (i + 1)))})";
}

/// <summary>
/// All tables of the schema, read from the migrations themselves: a table that a later migration adds is in the backup without
/// anybody having to remember it.
/// </summary>
internal static partial class TableCatalogue
{
    private const string VersionTable = "create table schema_version (version bigint primary key, applied_at bigint not null)";
    private static readonly Lazy<IReadOnlyList<StoreTable>> Newest = new(() => At(Migrations.Newest));

    /// <summary>The tables of this program's own schema.</summary>
    public static IReadOnlyList<StoreTable> All => Newest.Value;

    /// <summary>The tables of an earlier schema, as they were before the migrations that came after it.</summary>
    public static IReadOnlyList<StoreTable> At(int schema) => Of([.. Migrations.Texts(schema), VersionTable]);

    public static IReadOnlyList<StoreTable> Of(IEnumerable<string> migrations)
    {
        var tables = new Dictionary<string, List<TableColumn>>();
        // What is marked for one kind of store changes how its rows lie, not which there are.
        foreach (var statement in migrations.SelectMany(Migrations.Statements).Where(s => !s.StartsWith('{')))
        {
            if (CreateTable().Match(statement) is { Success: true } made)
                tables.Add(made.Groups[1].Value, [.. Parts(made.Groups[2].Value).Where(p => !Constraint().IsMatch(p)).Select(ColumnOf)]);
            else if (AddColumn().Match(statement) is { Success: true } added) tables[added.Groups[1].Value].Add(ColumnOf(added.Groups[2].Value));
            else if (DropTable().Match(statement) is { Success: true } dropped) tables.Remove(dropped.Groups[1].Value);
            else if (statement.StartsWith("alter table", StringComparison.OrdinalIgnoreCase)) throw new InvalidOperationException($"The backup does not understand: {statement}");
        }
        return [.. tables.Select(t => new StoreTable(t.Key, t.Value))];
    }

    /// <summary>Refuses to go on when the store has a table or lacks one: a backup without a table would be believed complete.</summary>
    public static async Task MustEqual(Database database, Snapshot store, IReadOnlyList<StoreTable> tables)
    {
        var there = await store.Query(r => r.Text(0), database.Kind == "sqlite"
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            : "select tablename::text from pg_tables where schemaname = current_schema()");
        var known = tables.Select(t => t.Name).ToHashSet();
        if (there.Except(known).FirstOrDefault() is { } extra) throw new InvalidOperationException($"The store has a table {extra} that this program does not know. Nothing was written.");
        if (known.Except(there).FirstOrDefault() is { } gone) throw new InvalidOperationException($"The store has no table {gone}. Nothing was written.");
    }

    private static TableColumn ColumnOf(string definition)
    {
        var words = definition.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new TableColumn(words[0], words[1].ToLowerInvariant() switch
        {
            "bigint" => CellKind.Number,
            "text" => CellKind.Text,
            "{bytes}" => CellKind.Bytes,
            "{id}" => CellKind.Id,
            var other => throw new InvalidOperationException($"The backup does not understand the column type {other}."),
        });
    }

    /// <summary>Splits at commas that stand in no parentheses.</summary>
    private static IEnumerable<string> Parts(string list)
    {
        var (depth, from) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '(') depth++;
            if (list[i] == ')') depth--;
            if (list[i] != ',' || depth > 0) continue;
            yield return list[from..i].Trim();
            from = i + 1;
        }
        yield return list[from..].Trim();
    }

    [GeneratedRegex(@"^create\s+table\s+(\w+)\s*\((.*)\)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"^alter\s+table\s+(\w+)\s+add\s+(?:column\s+)?(.+)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex AddColumn();

    [GeneratedRegex(@"^drop\s+table\s+(\w+)$", RegexOptions.IgnoreCase)]
    private static partial Regex DropTable();

    [GeneratedRegex(@"^(primary\s+key|unique|check|foreign|constraint)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Constraint();
}
