using System.Xml.Linq;

namespace Shanmen.Architecture.Tests;

public class LadderTests
{
    [Fact]
    public void Every_project_refers_only_downwards() =>
        Tree.Under("src/", ".csproj")
            .SelectMany(path => Ladder.Complaints(Path.GetFileNameWithoutExtension(path), Tree.Text(path)))
            .MustBeNone();

    [Theory]
    [InlineData("Parks", "Sales", "upwards")]
    [InlineData("Admission", "Cards", "same row")]
    [InlineData("Rules", "Platform", "upwards")]
    [InlineData("Sales", "Common", "no row")]
    [InlineData("Common", "Rules", "no row")]
    [InlineData("Edge", "Platform", "Edge sees only")]
    public void Control_a_reference_against_the_ladder_is_named(string project, string target, string complaint) =>
        Ladder.Complaints(project, $"<Project><ItemGroup><ProjectReference Include=\"..\\{target}\\{target}.csproj\" /></ItemGroup></Project>")
            .MustName(complaint);

    [Fact]
    public void Every_project_is_in_the_solution() =>
        MissingFrom(Tree.Text("Shanmen.slnx"), Tree.Under("", ".csproj")).MustBeNone();

    [Fact]
    public void Control_a_project_outside_the_solution_and_a_dead_entry_are_named()
    {
        var complaints = MissingFrom("<Solution><Folder Name='/a/'><Project Path='src/Gone/Gone.csproj' /></Folder></Solution>", ["src/New/New.csproj"]).ToList();
        complaints.MustName("src/New/New.csproj");
        complaints.MustName("src/Gone/Gone.csproj");
    }

    static IEnumerable<string> MissingFrom(string solution, IEnumerable<string> projects)
    {
        var listed = XDocument.Parse(solution).Descendants("Project").Select(entry => ((string)entry.Attribute("Path")!).Replace('\\', '/')).ToHashSet();
        var there = projects.ToHashSet();
        return there.Except(listed).Select(path => $"{path} is not in Shanmen.slnx")
            .Concat(listed.Except(there).Select(path => $"Shanmen.slnx lists {path}, which is not there"));
    }
}
