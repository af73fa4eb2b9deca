using System.Text.RegularExpressions;

namespace Shanmen.Architecture.Tests;

/// <summary>The checkout works wherever it lies: no text names a folder of the machine on which it was written.</summary>
public partial class PlaceTests
{
    static readonly string[] NoText = [".png", ".jpg", ".ico", ".woff2", ".xlsx", ".pdf", ".db"];

    [Fact]
    public void No_file_names_a_folder_of_one_machine() =>
        Tree.Files.Where(path => !NoText.Contains(Path.GetExtension(path))).SelectMany(path => Complaints(path, Tree.Text(path))).MustBeNone();

    // The samples are put together here, so that this file itself names no such folder.
    [Theory]
    [InlineData("see /home" + "/li/shanmen"), InlineData("\"/Users" + "/li/x\""), InlineData(@"C:\Users" + @"\li"), InlineData("(/work" + "/main)"), InlineData("cd /root" + "/shanmen")]
    public void Control_a_folder_of_one_machine_is_named(string text) => Complaints("a.md", text).MustName("a.md");

    [Theory]
    [InlineData("/var/lib/shanmen"), InlineData("https://example.org/home/page"), InlineData("docs/work/flow.md"), InlineData("/usr/lib/postgresql/15/bin")]
    public void A_place_that_is_the_same_everywhere_is_left_alone(string text) => Complaints("a.md", text).MustBeNone();

    static IEnumerable<string> Complaints(string path, string text) =>
        Place().Matches(text).Select(match => $"{path}: {match.Value}");

    [GeneratedRegex("""(?<![\w.\-/}])/(?:home|Users|root|work|farm)/\w[\w./\-]*|\b[A-Z]:\\Users\\\w*""")]
    private static partial Regex Place();
}
