using System.Text.RegularExpressions;
using Xunit;

namespace Shanmen.Architecture.Tests;

/// <summary>A walkthrough quotes code that is compiled; when the code moves on, the quotation must follow.</summary>
public class WalkthroughTests
{
    private static readonly Regex Quotation = new(@"^```csharp (?<file>\S+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);

    [Fact]
    public void Walkthroughs_quote_the_code_as_it_is()
    {
        var pages = Tree.Under("docs/walkthroughs", ".md");
        Assert.NotEmpty(pages);
        Assert.Equal([], pages.SelectMany(page => Missing(Tree.Text(page), Tree.Text)));
    }

    [Fact]
    public void A_quotation_that_differs_is_found() =>
        Assert.Single(Missing("```csharp a.cs\nvar x = 1;\n```\n", _ => "var x = 2;\n"));

    private static IEnumerable<string> Missing(string page, Func<string, string> read) => Quotation.Matches(page)
        .Where(m => !read(m.Groups["file"].Value).Contains(m.Groups["code"].Value, StringComparison.Ordinal))
        .Select(m => $"{m.Groups["file"].Value}: {m.Groups["code"].Value.Trim()}");
}
