namespace Shanmen.Client;

/// <summary>Where a run keeps its park: a data folder, and a PostgreSQL database unless the embedded store is used.</summary>
/// <param name="Connection">Connection string of an empty database; null = the embedded store.</param>
/// <param name="IsOurs">The folder was made for this run alone and goes with it.</param>
sealed record StorePlace(string CentreDll, string Folder, string? Connection, bool IsOurs)
{
    private const string BuiltDll = "src/Centre/bin/Release/net10.0/Shanmen.Centre.dll";

    /// <exception cref="ClientException">The server is not built, the folder is not empty, or the store is not known.</exception>
    public static StorePlace Of(string? folder, string[] store)
    {
        var connection = ConnectionOf(store);
        var dll = FindCentre();
        if (folder is not null && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new ClientException($"{folder}: 目录不空 / the folder is not empty. 请另选 / choose another.");
        return folder is null
            ? new StorePlace(dll, Directory.CreateTempSubdirectory("shanmen-store-").FullName, connection, IsOurs: true)
            : new StorePlace(dll, Directory.CreateDirectory(folder).FullName, connection, IsOurs: false);
    }

    /// <summary>A store that stays where it is, be it there already or not.</summary>
    public static StorePlace Kept(string folder, string? connection) => new(FindCentre(), Directory.CreateDirectory(folder).FullName, connection, IsOurs: false);

    /// <summary>The connection string in the words of --store; null = the embedded store.</summary>
    /// <exception cref="ClientException">The store is not known.</exception>
    public static string? ConnectionOf(string[] store) => store switch
    {
        [] or ["sqlite"] => null,
        ["postgres", var text] => text,
        [var text] when text.Contains('=') => text,
        _ => throw new ClientException("--store: sqlite | postgres \"Host=…;Database=…\""),
    };

    private static string FindCentre() => Environment.GetEnvironmentVariable("SHANMEN_CENTRE_DLL") is { Length: > 0 } named
        ? File.Exists(named) ? Path.GetFullPath(named) : throw new ClientException($"SHANMEN_CENTRE_DLL={named}: 没有这个文件 / no such file.")
        : Find(BuiltDll);

    /// <summary>A built program of this checkout, by its path from the root.</summary>
    public static string Find(string builtDll)
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
            for (var above = new DirectoryInfo(start); above is not null; above = above.Parent)
                if (File.Exists(Path.Combine(above.FullName, builtDll))) return Path.Combine(above.FullName, builtDll);
        throw new ClientException($"找不到 {builtDll}，请先构建 / not found, build it first: ./run holiday, ./run bench");
    }

    /// <summary>Removes the folder if it was made for this run.</summary>
    public void CleanUp() { if (IsOurs && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true); }
}
