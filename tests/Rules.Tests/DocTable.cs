namespace Shanmen.Rules.Tests;

/// <summary>The tables of the documents as test rows: a document and its code cannot drift apart.</summary>
public static class DocTable
{
    /// <summary>The rows, as written, of the first table under a heading. Throws when there is none, so that no test runs on nothing.</summary>
    public static TheoryData<string> Rows(string document, string heading)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", document));
        var rows = lines
            .SkipWhile(line => line.TrimStart('#', ' ') != heading || !line.StartsWith('#'))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .ToArray();
        if (rows.Length == 0)
        {
            throw new InvalidDataException($"{document} has no table under '{heading}'.");
        }

        return new TheoryData<string>(rows);
    }

    /// <summary>The cells of a row. Within back-quotes blanks count.</summary>
    public static string[] Cells(string row) => [.. row.Trim().Trim('|').Split('|').Select(cell => Unquoted(cell.Trim()))];

    public static string? OrNull(string cell) => cell == "-" ? null : cell;

    /// <summary>Yuan as written, in fen.</summary>
    public static long Fen(string yuan) => (long)(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture) * 100);

    private static string Unquoted(string cell) => cell.StartsWith('`') && cell.EndsWith('`') ? cell[1..^1] : cell;
}
