using System.Runtime.CompilerServices;

namespace Shanmen.Architecture.Tests;

/// <summary>The checkout as files. What builds and tools write is no part of it.</summary>
static class Tree
{
    static readonly string[] Unread = [".git", ".vs", ".idea", "bin", "obj", "node_modules", "dist", "TestResults", "test-results", "playwright-report"];

    public static string Root { get; } = Find();

    /// <summary>Paths from the root with forward slashes, sorted. The data folder of a demo run is left out.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Walk(Root).Select(Relative).Where(path => !path.StartsWith("data/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Under(string folder, string ending) =>
        Files.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => File.Exists(Path.Combine(Root, path));

    public static int Lines(string path) => File.ReadLines(Path.Combine(Root, path)).Count();

    static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(child => !Unread.Contains(Path.GetFileName(child))).SelectMany(Walk));

    static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Shanmen.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Shanmen.slnx is not above " + here);
    }
}
