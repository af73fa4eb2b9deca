namespace Shanmen.Holiday.Centre;

/// <summary>Where the day is kept: a data folder, and a PostgreSQL database unless the embedded store is used.</summary>
/// <param name="Connection">Connection string of an empty database; null = the embedded store.</param>
/// <param name="IsOurs">The folder was made for this day alone and goes with it.</param>
sealed record StorePlace(string CentreDll, string Folder, string? Connection, bool IsOurs)
{
    private const string BuiltDll = "src/Centre/bin/Release/net10.0/Shanmen.Centre.dll";

    /// <exception cref="HolidayException">The server is not built, the folder is not empty, or the store is not known.</exception>
    public static StorePlace Of(string? folder, string[] store)
    {
        var connection = store switch
        {
            [] or ["sqlite"] => null,
            ["postgres", var text] => text,
            [var text] when text.Contains('=') => text,
            _ => throw new HolidayException("--store: sqlite | postgres \"Host=…;Database=…\""),
        };
        var dll = FindCentre();
        if (folder is not null && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new HolidayException($"{folder}: 目录不空 / the folder is not empty. 请另选 / choose another.");
        return folder is null
            ? new StorePlace(dll, Directory.CreateTempSubdirectory("shanmen-holiday-").FullName, connection, IsOurs: true)
            : new StorePlace(dll, Directory.CreateDirectory(folder).FullName, connection, IsOurs: false);
    }

    private static string FindCentre()
    {
        if (Environment.GetEnvironmentVariable("SHANMEN_CENTRE_DLL") is { Length: > 0 } named)
            return File.Exists(named) ? Path.GetFullPath(named) : throw new HolidayException($"SHANMEN_CENTRE_DLL={named}: 没有这个文件 / no such file.");
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
            for (var above = new DirectoryInfo(start); above is not null; above = above.Parent)
                if (File.Exists(Path.Combine(above.FullName, BuiltDll))) return Path.Combine(above.FullName, BuiltDll);
        throw new HolidayException($"找不到 {BuiltDll}，请先构建 / not found, build it first: ./run holiday");
    }

    /// <summary>Removes the folder if it was made for this day.</summary>
    public void CleanUp() { if (IsOurs && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true); }
}
