using System.Xml.Linq;

namespace Shanmen.Architecture.Tests;

/// <summary>The rows of the ladder, 0 at the top. Calls go only downwards; neighbours in a row do not know each other.</summary>
static class Ladder
{
    static readonly string[][] Rows =
    [
        ["Centre"], ["Reporting"], ["Settlement"], ["Sales"], ["Admission", "Cards"], ["Catalog", "Fleet"], ["Parks"], ["Platform"],
        ["Protocol", "Hardware"], ["Rules"],
    ];

    /// <summary>Edge stands beside row 0 and sees no module: it must work where the centre cannot be reached.</summary>
    static readonly string[] BelowEdge = ["Protocol", "Hardware", "Rules"];

    public static IEnumerable<string> Complaints(string project, string projectXml)
    {
        var targets = XDocument.Parse(projectXml).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include") ?? "").Replace('\\', '/')));
        return targets.SelectMany(target => Complaint(project, target));
    }

    static IEnumerable<string> Complaint(string project, string target)
    {
        if (project == "Edge")
        {
            if (!BelowEdge.Contains(target)) yield return $"Edge → {target}: Edge sees only {string.Join(", ", BelowEdge)}";
            yield break;
        }
        var (from, to) = (RowOf(project), RowOf(target));
        if (from < 0) yield return $"{project} has no row on the ladder";
        else if (to < 0) yield return $"{project} → {target}: {target} has no row on the ladder";
        else if (to == from) yield return $"{project} → {target}: same row";
        else if (to < from) yield return $"{project} → {target}: upwards";
    }

    static int RowOf(string project) => Array.FindIndex(Rows, row => row.Contains(project));
}
