namespace Shanmen.Modules.Tests.Harness;

/// <summary>Where things lie in the checkout that this test was built from.</summary>
public static class Checkout
{
    /// <summary>The folder of Shanmen.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The built program, in the configuration of the tests themselves: ./test builds Release, an editor Debug.</summary>
    public static string Program
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            var path = Path.Combine(Root, "src", "Centre", "bin", configuration, "net10.0", "Shanmen.Centre.dll");
            return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing; build src/Centre first.");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Shanmen.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No Shanmen.slnx above {AppContext.BaseDirectory}.");
    }
}
