using System.Text.RegularExpressions;

namespace Shanmen.Architecture.Tests;

/// <summary>
/// GLOSSARY.md is true: a word above the heading 尚未使用 stands in the code as an identifier or as a part of one, and a word
/// below it is the name of no type yet. So whoever writes the first slice with a word moves its line up.
/// </summary>
public partial class GlossaryTests
{
    const string Unused = "## 尚未使用";

    sealed record Entry(string Line, string Term, string Word, string Meaning, bool Used);

    [Fact]
    public void Every_line_has_a_term_a_word_and_a_meaning() => Malformed(Tree.Text("GLOSSARY.md")).MustBeNone();

    [Fact]
    public void Every_word_says_truly_whether_the_code_uses_it()
    {
        var code = Tree.Under("src/", ".cs").Select(path => Source.Bare(Tree.Text(path))).ToList();
        Assert.NotEmpty(code);
        Untrue(Tree.Text("GLOSSARY.md"), code).MustBeNone();
    }

    [Fact]
    public void Control_an_untrue_line_is_named()
    {
        const string Glossary = "# 术语\n景区 | Park | 一句\n票种 | TicketType | 一句\n\n" + Unused + "\n分账 | RevenueShare | 一句\n导游 | Guide | 一句\n";
        string[] code = ["sealed class ParkRow { } // TicketType".Split("//")[0], "public enum Guide { Local }"];
        var complaints = Untrue(Glossary, code).ToList();
        complaints.MustName("TicketType");
        complaints.MustName("Guide");
        Assert.Equal(2, complaints.Count);
    }

    [Theory]
    [InlineData("景区 Park 一句"), InlineData("景区 | park | 一句"), InlineData("景区 | Park | "), InlineData("Park | Park | 一句"), InlineData("景区 | Park | 一句\n园区 | Park | 又一句")]
    public void Control_a_line_out_of_form_is_named(string lines) => Assert.NotEmpty(Malformed(lines + "\n" + Unused + "\n"));

    static IEnumerable<Entry> Entries(string glossary)
    {
        var used = true;
        foreach (var line in glossary.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith(Unused, StringComparison.Ordinal)) used = false;
            if (line.Length == 0 || line.StartsWith('#') || line.StartsWith('>')) continue;
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            yield return cells.Length == 3 ? new(line, cells[0], cells[1], cells[2], used) : new(line, "", "", "", used);
        }
    }

    static IEnumerable<string> Malformed(string glossary)
    {
        var entries = Entries(glossary).ToList();
        return entries.Where(entry => !Term().IsMatch(entry.Term) || !Word().IsMatch(entry.Word) || entry.Meaning.Length == 0)
                .Select(entry => $"not \"中文术语 | CodeWord | 解释\": {entry.Line}")
            .Concat(entries.Where(entry => entry.Word.Length > 0).GroupBy(entry => entry.Word).Where(word => word.Count() > 1).Select(word => $"{word.Key} has two lines"))
            .Concat(glossary.Contains(Unused, StringComparison.Ordinal) ? [] : [$"the heading {Unused} is missing"]);
    }

    static IEnumerable<string> Untrue(string glossary, IReadOnlyCollection<string> code)
    {
        var identifiers = code.SelectMany(text => Identifier().Matches(text).Select(match => match.Value)).ToHashSet();
        var parts = identifiers.SelectMany(Parts).ToHashSet();
        var types = code.SelectMany(Source.Types).Select(type => type.LastName).ToHashSet();
        foreach (var entry in Entries(glossary))
        {
            if (entry.Used && !parts.Contains(entry.Word)) yield return $"{entry.Word} ({entry.Term}) is not in the code: move it below {Unused}";
            if (!entry.Used && types.Contains(entry.Word)) yield return $"{entry.Word} ({entry.Term}) is a type by now: move it above {Unused}";
        }
    }

    // SellTickets holds Sell, Tickets and SellTickets; a plural holds its singular.
    static IEnumerable<string> Parts(string identifier)
    {
        var humps = Hump().Matches(identifier).Select(match => match.Value).ToArray();
        for (var from = 0; from < humps.Length; from++)
            for (var to = from + 1; to <= humps.Length; to++)
            {
                var part = string.Concat(humps[from..to]);
                yield return part;
                if (part.EndsWith('s')) yield return part[..^1];
            }
    }

    [GeneratedRegex("""\p{IsCJKUnifiedIdeographs}""")]
    private static partial Regex Term();

    [GeneratedRegex("""^[A-Z][A-Za-z]+$""")]
    private static partial Regex Word();

    [GeneratedRegex("""\b[A-Za-z_]\w*\b""")]
    private static partial Regex Identifier();

    [GeneratedRegex("""[A-Z]+(?![a-z])|[A-Z][a-z0-9]*""")]
    private static partial Regex Hump();
}
