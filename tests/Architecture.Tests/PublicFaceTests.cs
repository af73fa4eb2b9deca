namespace Shanmen.Architecture.Tests;

/// <summary>
/// What other projects may see of a module: its face, the records asked and answered, and its facts. The list is kept as
/// approved text, so that a widened face shows in review. <c>SHANMEN_APPROVE=1</c> writes the list anew, and that run stays red.
/// </summary>
public class PublicFaceTests
{
    const string Approved = "tests/Architecture.Tests/approved/";

    static readonly Dictionary<string, string> Faces = new()
    {
        ["Sales"] = "TicketOffice", ["Admission"] = "Gatekeeper", ["Cards"] = "CardOffice", ["Catalog"] = "PriceBook", ["Fleet"] = "DeviceFleet",
        ["Parks"] = "ParkDirectory", ["Settlement"] = "ClearingHouse", ["Reporting"] = "ReportShelf",
    };

    public static TheoryData<string> Modules() =>
        [.. Tree.Under("src/Modules/", ".csproj").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Modules))]
    public void A_module_shows_only_what_was_approved(string module)
    {
        var path = Approved + module + ".txt";
        var seen = Seen(Tree.Under($"src/Modules/{module}/", ".cs").Select(Tree.Text));
        var text = Tree.Has(path) ? Tree.Text(path) : "";
        if (Environment.GetEnvironmentVariable("SHANMEN_APPROVE") == "1" && text != Lines(seen))
        {
            File.WriteAllText(Path.Combine(Tree.Root, path), Lines(seen));
            Assert.Fail($"{path} is written anew: read the difference, then run again without SHANMEN_APPROVE");
        }
        Difference(module, text, seen).MustBeNone();
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_has_the_face_named_after_its_desk(string module) => FaceComplaints(module, Seen(Tree.Under($"src/Modules/{module}/", ".cs").Select(Tree.Text))).MustBeNone();

    [Fact]
    public void Control_a_widened_a_narrowed_and_a_missing_face_are_named()
    {
        var seen = Seen(["public sealed class TicketOffice { } public class Orders { } sealed class Hidden { }"]);
        Assert.Equal(["class Orders", "class TicketOffice"], seen);
        Difference("Sales", "class TicketOffice\nrecord Gone\n", seen).MustName("class Orders");
        Difference("Sales", "class TicketOffice\nrecord Gone\n", seen).MustName("record Gone");
        FaceComplaints("Sales", ["class Orders"]).MustName("TicketOffice");
        FaceComplaints("Extras", ["class Extras"]).MustName("Extras");
    }

    static string[] Seen(IEnumerable<string> texts) =>
        [.. texts.SelectMany(Source.Types).Where(type => type.Seen).Select(type => $"{type.Kind} {type.Name}").Distinct().Order(StringComparer.Ordinal)];

    static string Lines(string[] seen) => string.Concat(seen.Select(line => line + "\n"));

    static IEnumerable<string> Difference(string module, string approved, string[] seen)
    {
        var known = approved.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return seen.Except(known).Select(line => $"{module}: public but not approved: {line}")
            .Concat(known.Except(seen).Select(line => $"{module}: approved but no longer public: {line}"));
    }

    static IEnumerable<string> FaceComplaints(string module, string[] seen)
    {
        if (!Faces.TryGetValue(module, out var face)) yield return $"{module} has no face on the list of this test";
        else if (!seen.Contains("class " + face)) yield return $"{module} shows no class {face}";
    }
}
