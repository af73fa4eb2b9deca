using System.Text;
using System.Text.RegularExpressions;

namespace Shanmen.Architecture.Tests;

/// <summary>
/// A type as written. Name carries the names of the types around it (<c>Outer.Inner</c>); Seen means public, and so is every
/// type around it; Body is what stands between the braces, without comments and the insides of strings.
/// </summary>
sealed record DeclaredType(string Kind, string Name, bool Seen, string Body)
{
    public string LastName => Name[(Name.LastIndexOf('.') + 1)..];
}

/// <summary>Reads C# as far as these checks need it: which types a text declares, and which words it uses.</summary>
static partial class Source
{
    public static IReadOnlyList<DeclaredType> Types(string code) => [.. Types(Bare(code), "", true)];

    /// <summary>Comments are gone, strings and characters are empty; braces that remain are the code's own.</summary>
    public static string Bare(string code)
    {
        var bare = new StringBuilder(code.Length);
        for (var at = 0; at < code.Length;)
        {
            var match = Silent().Match(code, at);
            if (!match.Success) { bare.Append(code, at, code.Length - at); break; }
            bare.Append(code, at, match.Index - at).Append(code[match.Index] is '"' or '\'' or '@' or '$' ? "\"\"" : " ");
            at = match.Index + match.Length;
        }
        return bare.ToString();
    }

    static IEnumerable<DeclaredType> Types(string bare, string outer, bool outerSeen)
    {
        for (var match = Declaration().Match(bare); match.Success;)
        {
            var name = outer + match.Groups["name"].Value;
            var seen = outerSeen && match.Groups["words"].Value.Split(' ', '\n', '\r', '\t').Contains("public");
            var (body, end) = Body(bare, match.Index + match.Length);
            yield return new(match.Groups["kind"].Value, name, seen, body);
            foreach (var inner in Types(body, name + ".", seen)) yield return inner;
            match = Declaration().Match(bare, end);
        }
    }

    static (string Body, int End) Body(string bare, int from)
    {
        var open = bare.IndexOfAny(['{', ';'], from);
        if (open < 0 || bare[open] == ';') return ("", open < 0 ? bare.Length : open);
        var depth = 0;
        for (var at = open; at < bare.Length; at++)
        {
            if (bare[at] == '{') depth++;
            else if (bare[at] == '}' && --depth == 0) return (bare[(open + 1)..at], at);
        }
        return (bare[(open + 1)..], bare.Length);
    }

    [GeneratedRegex("""
        //[^\n]*|/\*.*?\*/|\$*(?<raw>"{3,}).*?\k<raw>(?!")|(?:\$@|@\$|@)"(?:[^"]|"")*"|\$?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.[^'\n]*)'
        """, RegexOptions.Singleline)]
    private static partial Regex Silent();

    // A constraint such as "where T : class" has no name after it on which to trip: the name must begin a declaration.
    [GeneratedRegex("""
        (?<=^|[;{}\]\s])(?<words>(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)\s+)*)(?<kind>record\s+struct|record\s+class|class|struct|interface|enum|record)\s+(?<name>[A-Z]\w*)(?=\s*[<({:;\s])
        """)]
    private static partial Regex Declaration();
}
