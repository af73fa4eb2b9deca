namespace Shanmen.Modules.Tests.Harness;

/// <summary>Screens of a line each: what the program says about its pages does not depend on what is in them.</summary>
public static class Screens
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "screens");

    /// <summary>The setting that lets the program serve them.</summary>
    public static IReadOnlyDictionary<string, string> InPlaceOfTheBuilt()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "assets"));
        foreach (var page in new[] { "index", "login", "setup", "counter", "refund", "gate", "board", "office", "report" }) File.WriteAllText(Path.Combine(Folder, page + ".html"), $"<!doctype html><title>{page}</title>");
        File.WriteAllText(Path.Combine(Folder, "assets", "app-1234.js"), "1");
        return new Dictionary<string, string> { ["SHANMEN__WEB"] = Folder };
    }
}
