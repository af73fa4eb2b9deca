using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shanmen.Architecture.Tests;

/// <summary>Whoever is refused reads why and what to do next, in Chinese and in English. The texts are flat JSON in <c>Texts/</c>.</summary>
public partial class RefusalTextTests
{
    const string Chinese = ".zh-CN.json", English = ".en.json";

    static IEnumerable<string> TextFiles(string ending) => Tree.Under("src/", ending).Where(path => path.Contains("/Texts/", StringComparison.Ordinal));

    static Dictionary<string, string> Texts(string ending) =>
        TextFiles(ending).SelectMany(path => Read(Tree.Text(path))).ToLookup(text => text.Key, text => text.Value).ToDictionary(key => key.Key, key => key.First());

    static IEnumerable<DeclaredType> Refusals() =>
        Tree.Under("src/", ".cs").SelectMany(path => Source.Types(Tree.Text(path)))
            .Where(type => type.Kind == "enum" && type.LastName.EndsWith("Refusal", StringComparison.Ordinal));

    [Fact]
    public void Every_text_has_its_twin_in_the_other_language() =>
        TextFiles(Chinese).Select(path => path[..^Chinese.Length]).Union(TextFiles(English).Select(path => path[..^English.Length]))
            .SelectMany(stem => Twins(stem, TextOf(stem + Chinese), TextOf(stem + English))).MustBeNone();

    [Fact]
    public void No_key_stands_in_two_files() =>
        new[] { Chinese, English }.SelectMany(ending => TextFiles(ending).SelectMany(path => Read(Tree.Text(path)).Select(text => (text.Key, path)))
            .GroupBy(text => text.Key).Where(key => key.Count() > 1).Select(key => $"{key.Key}: {string.Join(", ", key.Select(text => text.path))}")).MustBeNone();

    [Fact]
    public void Every_refusal_says_why_and_what_to_do()
    {
        var refusals = Refusals().ToList();
        Assert.NotEmpty(refusals);
        Unsaid(refusals, Texts(Chinese)).MustBeNone();
    }

    [Fact]
    public void Every_text_of_a_refusal_belongs_to_one() => Orphans(Refusals().ToList(), Texts(Chinese).Keys).MustBeNone();

    [Fact]
    public void Control_a_refusal_without_words_is_named()
    {
        var refusals = Source.Types("""
            public enum GateRefusal
            {
                None,
                /// <summary>Used, before.</summary>
                AlreadyUsed = 1,
                [Obsolete("x, y")] WrongGate,
            }
            """);
        var texts = new Dictionary<string, string> { ["GateRefusal.AlreadyUsed"] = "已使用", ["GateRefusal.WrongGate"] = " ", ["GateRefusal.WrongGate.action"] = "请走 3 号口", ["GateRefusal.Gone"] = "没有了" };
        Assert.Equal(["GateRefusal.AlreadyUsed.action has no text", "GateRefusal.WrongGate has no text"], Unsaid(refusals, texts).Order());
        Orphans(refusals, texts.Keys).MustName("GateRefusal.Gone");
    }

    [Fact]
    public void Control_a_text_without_a_twin_is_named()
    {
        var complaints = Twins("src/A/Texts/a", """{ "a": "甲", "b": "乙 {gate}" }""", """{ "b": "B {lane}", "c": "C" }""").ToList();
        complaints.MustName("a stands only in zh-CN");
        complaints.MustName("c stands only in en");
        complaints.MustName("b: other places to fill in");
        Twins("src/A/Texts/a", "{}", null).MustName("en twin");
        Twins("src/A/Texts/a", """{ "a": "Some text" }""", """{ "a": "甲" }""").MustName("a: not Chinese");
    }

    static string? TextOf(string path) => Tree.Has(path) ? Tree.Text(path) : null;

    static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    static IEnumerable<string> Unsaid(IEnumerable<DeclaredType> refusals, Dictionary<string, string> texts) =>
        refusals.SelectMany(Keys).Where(key => string.IsNullOrWhiteSpace(texts.GetValueOrDefault(key))).Select(key => $"{key} has no text");

    static IEnumerable<string> Orphans(IReadOnlyCollection<DeclaredType> refusals, IEnumerable<string> keys)
    {
        var known = refusals.SelectMany(Keys).ToHashSet();
        var names = refusals.Select(refusal => refusal.LastName).ToHashSet();
        return keys.Where(key => key.Split('.') is [var name, var value, ..] && names.Contains(name) && value != "None" && !known.Contains(key)).Select(key => $"{key}: there is no such refusal");
    }

    // None means "not refused", and nobody is told so.
    static IEnumerable<string> Keys(DeclaredType refusal) =>
        EnumValue().Matches(Attribute().Replace(refusal.Body, " ")).Select(value => $"{refusal.LastName}.{value.Groups["name"].Value}")
            .Where(key => !key.EndsWith(".None", StringComparison.Ordinal)).SelectMany(key => new[] { key, key + ".action" });

    static IEnumerable<string> Twins(string stem, string? chineseJson, string? englishJson)
    {
        if (chineseJson is null || englishJson is null) return [$"{stem} lacks its {(chineseJson is null ? "zh-CN" : "en")} twin"];
        var (chinese, english) = (Read(chineseJson), Read(englishJson));
        return chinese.Keys.Except(english.Keys).Select(key => $"{stem}: {key} stands only in zh-CN")
            .Concat(english.Keys.Except(chinese.Keys).Select(key => $"{stem}: {key} stands only in en"))
            .Concat(chinese.Keys.Intersect(english.Keys).Where(key => !Places(chinese[key]).SetEquals(Places(english[key]))).Select(key => $"{stem}: {key}: other places to fill in"))
            .Concat(chinese.Where(text => Words().IsMatch(text.Value) && !Han().IsMatch(text.Value)).Select(text => $"{stem}: {text.Key}: not Chinese"))
            .Concat(english.Where(text => Han().IsMatch(text.Value)).Select(text => $"{stem}: {text.Key}: not English"));
    }

    static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("""(?<=^|,)\s*(?<name>[A-Z]\w*)\s*(?:=[^,]*)?(?=,|\s*$)""")]
    private static partial Regex EnumValue();

    [GeneratedRegex("""\[[^\]]*\]""")]
    private static partial Regex Attribute();

    [GeneratedRegex("""\{\w*[^}]*\}""")]
    private static partial Regex Place();

    [GeneratedRegex("""[A-Za-z]{2,} [A-Za-z]{2,}""")]
    private static partial Regex Words();

    [GeneratedRegex("""\p{IsCJKUnifiedIdeographs}""")]
    private static partial Regex Han();
}
