using System.Text;
using System.Text.RegularExpressions;

namespace Shanmen.Platform.Storage;

/// <summary>
/// Makes of many statements that differ only in their values one that changes many rows. A server takes longer to begin a
/// statement than to write a row. Each text is made for a few numbers of rows only, so that it is prepared once.
/// </summary>
internal sealed partial class ManyRows
{
    private static readonly int[] Sizes = [64, 16, 4, 1];
    private readonly Dictionary<string, Shape> _shapes = [];

    /// <summary>The same changes in fewer statements, in the positional form. Rows of one text come together, in their order.</summary>
    public IEnumerable<(string Sql, object?[] Values)> Of(IReadOnlyList<Statement> statements)
    {
        foreach (var alike in statements.GroupBy(s => s.Sql, StringComparer.Ordinal))
        {
            var shape = ShapeOf(alike.Key);
            var rows = alike.Select(s => s.Values).ToArray();
            for (var at = 0; at < rows.Length;)
            {
                var some = shape.Takes(rows, at, Sizes.First(size => size <= rows.Length - at));
                yield return (shape.Text(some), some == 1 ? rows[at] : [.. rows.AsSpan(at, some).ToArray().SelectMany(v => v)]);
                at += some;
            }
        }
    }

    private Shape ShapeOf(string sql)
    {
        if (_shapes.TryGetValue(sql, out var known)) return known;
        if (Insert().Match(sql) is { Success: true } insert) known = new Shape(sql, insert.Groups["columns"].Value.Count(c => c == ',') + 1, insert.Groups["head"].Value, null, null);
        else if (Update().Match(sql) is { Success: true } update)
            known = new Shape(sql, sql.Count(c => c == '@'), $"update {update.Groups["table"].Value} as t set {Value().Replace(update.Groups["set"].Value, "v.c$1")} from (values ",
                $") as v ({string.Join(", ", Enumerable.Range(1, sql.Count(c => c == '@')).Select(i => $"c{i}"))}) where t.{update.Groups["key"].Value} = v.c1", update.Groups["key"].Value);
        else known = new Shape(sql, 0, null, null, null);
        _shapes.Add(sql, known);
        return known;
    }

    /// <param name="columns">Values of a row.</param>
    /// <param name="head">What stands before the rows; null where the statement is not for many.</param>
    private sealed class Shape(string sql, int columns, string? head, string? tail, string? key)
    {
        private readonly Dictionary<int, string> _texts = [];

        /// <summary>How many of the next rows go together. The server cannot tell of which kind an empty value in an update would be.</summary>
        public int Takes(object?[][] rows, int at, int wanted) =>
            head is null || (key is not null && rows.AsSpan(at, wanted).ToArray().Any(r => r.Contains(null))) ? 1 : wanted;

        public string Text(int rows)
        {
            if (_texts.TryGetValue(rows, out var text)) return text;
            if (rows == 1) text = sql.Replace('@', '$');
            else
            {
                var many = new StringBuilder(head);
                for (var row = 0; row < rows; row++)
                    many.Append(row == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range((row * columns) + 1, columns).Select(i => $"${i}")).Append(')');
                text = many.Append(tail).ToString();
            }
            _texts.Add(rows, text);
            return text;
        }
    }

    [GeneratedRegex(@"^(?<head>insert into \w+ \((?<columns>[^)]*)\) values )\([@\d, ]*\)$")]
    private static partial Regex Insert();
    [GeneratedRegex(@"^update (?<table>\w+) set (?<set>(?:\w+ = @\d+(?:, )?)+) where (?<key>\w+) = @1$")]
    private static partial Regex Update();
    [GeneratedRegex(@"@(\d+)")]
    private static partial Regex Value();
}
