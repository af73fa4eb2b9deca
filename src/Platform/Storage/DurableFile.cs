using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Shanmen.Platform.Storage;

/// <summary>Small files that a power cut must leave whole: written beside, forced to the disk, renamed, and the name forced to the disk too.</summary>
internal static class DurableFile
{
    private const int ReadOnly = 0, InvalidArgument = 22;

    /// <summary>Puts the file in the place of the one before it, so that a power cut leaves the old or the new one.</summary>
    /// <param name="ownerOnly">Nobody but the user of the program may read it.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool ownerOnly)
    {
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
        SyncFolderOf(path);
    }

    /// <summary>
    /// Forces a file's name to the disk: a file that was synced and renamed may still have its old name, or none, after a power cut.
    /// Windows gives a program no handle on a folder to flush; there NTFS journals the rename, and its moment is the system's.
    /// </summary>
    public static void SyncFolderOf(string path)
    {
        if (!OperatingSystem.IsWindows()) Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    [UnsupportedOSPlatform("windows")]
    private static void Sync(string folder)
    {
        var handle = OpenFolder(folder, ReadOnly);
        if (handle < 0) throw Failed("opened");
        try
        {
            // A few filesystems (some network shares) know no sync of a folder and say so; they keep names by their own rules.
            if (SyncHandle(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failed("forced to the disk");
        }
        finally { _ = CloseHandle(handle); }

        IOException Failed(string what) => new($"The folder {folder} could not be {what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int SyncHandle(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int CloseHandle(int handle);
}
