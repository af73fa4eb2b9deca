using System.Diagnostics;

namespace Shanmen.Architecture.Tests;

[StackTraceHidden]
static class Complaints
{
    /// <summary>Fails with every complaint on a line of its own, so that one run shows all that must be mended.</summary>
    public static void MustBeNone(this IEnumerable<string> complaints) =>
        Assert.True(!complaints.Any(), string.Join('\n', complaints));

    /// <summary>The positive control: a check that finds nothing in a bad sample guards nothing.</summary>
    public static void MustName(this IEnumerable<string> complaints, string word) =>
        Assert.Contains(complaints, complaint => complaint.Contains(word, StringComparison.Ordinal));
}
