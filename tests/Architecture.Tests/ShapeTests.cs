using System.Text.RegularExpressions;

namespace Shanmen.Architecture.Tests;

/// <summary>Sizes and names: a file is one thing that fits on a few screens, and its name says which.</summary>
public partial class ShapeTests
{
    const int SourceLinesMax = 300, FileLinesMax = 400, RootTextLinesMax = 150;

    static readonly string[] Written = [".cs", ".ts", ".vue", ".mjs", ".css", ".sh", ".sql", ".razor"];
    static readonly string[] SaysNothing = ["Manager", "Helper", "Util", "Service", "Processor", "Info", "Data", "Model", "Dto", "Impl", "Base"];

    [Fact]
    public void No_file_is_longer_than_a_reader_scrolls() =>
        // A kept store is a dump: nobody wrote it and nobody reads it from top to bottom.
        Tree.Files.Where(path => IsWritten(path) && !path.StartsWith("tests/fixtures/", StringComparison.Ordinal)).SelectMany(path => TooLong(path, Tree.Lines(path))).MustBeNone();

    [Fact]
    public void The_texts_in_the_root_are_there_and_short() =>
        new[] { "README.md", "ARCHITECTURE.md", "GLOSSARY.md" }.SelectMany(path => RootText(path, Tree.Has(path) ? Tree.Lines(path) : null)).MustBeNone();

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Tree.Under("", ".cs").SelectMany(path => EmptyNames(path, Source.Types(Tree.Text(path)).Select(type => type.LastName))).MustBeNone();

    [Fact]
    public void No_file_has_a_name_that_says_nothing() =>
        Tree.Files.Where(IsWritten).SelectMany(path => EmptyNames(path, [Path.GetFileName(path).Split('.')[0]])).MustBeNone();

    [Fact]
    public void No_test_is_marked_to_be_skipped_or_to_run_alone() =>
        Tree.Files.Where(path => IsWritten(path) && (path.StartsWith("tests/", StringComparison.Ordinal) || path.StartsWith("web/", StringComparison.Ordinal)))
            .SelectMany(path => Unrun(path, Tree.Text(path))).MustBeNone();

    [Fact]
    public void Control_long_files_are_named()
    {
        TooLong("src/Rules/Long.cs", SourceLinesMax + 1).MustName("Long.cs");
        TooLong("web/src/long.vue", FileLinesMax + 1).MustName("long.vue");
        TooLong("web/src/short.vue", FileLinesMax).MustBeNone();
        RootText("ARCHITECTURE.md", RootTextLinesMax + 1).MustName("ARCHITECTURE.md");
        RootText("README.md", null).MustName("README.md");
    }

    [Theory]
    [InlineData("OrderManager"), InlineData("CsvHelpers"), InlineData("TicketDto"), InlineData("utils"), InlineData("IPriceService"), InlineData("ticket-data")]
    public void Control_an_empty_name_is_named(string name) => EmptyNames("a.cs", [name]).MustName(name);

    [Theory]
    [InlineData("TicketOffice"), InlineData("Database"), InlineData("database"), InlineData("Metadata")]
    public void A_name_that_only_sounds_alike_is_left_alone(string name) => EmptyNames("a.cs", [name]).MustBeNone();

    [Theory]
    [InlineData("[Fact(" + "Skip = \"later\")]"), InlineData("test" + ".skip('a', () => {})"), InlineData("describe" + ".only('a', () => {})"), InlineData("it" + ".todo('a')"), InlineData("test" + ".fixme()")]
    public void Control_an_unrun_test_is_named(string line) => Unrun("a.ts", line).MustName("a.ts");

    static bool IsWritten(string path) => Written.Contains(Path.GetExtension(path)) || path is "run" or "test";

    static IEnumerable<string> TooLong(string path, int lines)
    {
        var most = path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal) ? SourceLinesMax : FileLinesMax;
        // Types generated from the API description are nobody's reading.
        if (lines > most && !path.Contains("/generated/", StringComparison.Ordinal)) yield return $"{path}: {lines} lines, at most {most}";
    }

    static IEnumerable<string> RootText(string path, int? lines)
    {
        if (lines is null) yield return $"{path} is missing";
        else if (path != "GLOSSARY.md" && lines > RootTextLinesMax) yield return $"{path}: {lines} lines, at most {RootTextLinesMax}";
    }

    static IEnumerable<string> EmptyNames(string path, IEnumerable<string> names) =>
        from name in names
        from ending in SaysNothing
        where Regex.IsMatch(name, $"{ending}s?$") || Regex.IsMatch(name, $"(^|[-_]){ending.ToLowerInvariant()}s?$")
        select $"{path}: the name {name} ends with {ending}";

    static IEnumerable<string> Unrun(string path, string text) => UnrunMark().Matches(text).Select(match => $"{path}: {match.Value}");

    [GeneratedRegex("""\bSkip\s*=\s*"|\b(?:test|it|describe)\.(?:skip|only|todo|fixme)\b""")]
    private static partial Regex UnrunMark();
}
