namespace Shanmen.Faults.Tests;

/// <summary>
/// A disk whose power can be cut. It is an ext4 filesystem in a file, mounted through a loop device with direct I/O.
/// </summary>
/// <remarks>
/// Why the copy is honest. What a program writes goes into the page cache of the mounted filesystem and stays there until
/// fsync, or the kernel's own leisure, sends it to the loop device; with --direct-io=on the loop device puts it into the file
/// past the page cache of the filesystem below, so the file holds what a disk would hold and nothing else. Copying the file
/// while the writers are frozen is pulling the plug: everything that was only cached is absent from the copy. The
/// kernel's leisure is kept out by commit=600, and the copy is repeated until two readings agree, so that it shows one moment.
/// What it leaves out is a disk that lies about its own cache. The controls show that unsynced data really is lost.
/// </remarks>
internal sealed class DiskImage : IDisposable
{
    private readonly string _folder;
    private int _number;

    public DiskImage(int megabytes)
    {
        // The image must lie on a real disk: a memory filesystem knows no direct I/O.
        _folder = Path.Combine("/var/tmp", $"shanmen-cut-{Guid.NewGuid():N}");
        Mount = Path.Combine(_folder, "disk");
        Directory.CreateDirectory(Mount);
        Tool.Run("truncate", "-s", $"{megabytes}M", Image);
        // Sparse, and larger than what the program calls a full disk.
        Tool.Run("mkfs.ext4", "-q", "-F", "-m", "0", "-J", "size=16", Image);
        Attach();
        AppDomain.CurrentDomain.ProcessExit += AtExit;
    }

    public string Mount { get; }
    private string Image => Path.Combine(_folder, $"{_number}.img");

    private void Attach()
    {
        var device = Tool.Run("losetup", "--direct-io=on", "--find", "--show", Image);
        var direct = File.ReadAllText($"/sys/block/{Path.GetFileName(device)}/loop/dio").Trim();
        try
        {
            Assert.True(direct == "1", $"{device} has no direct I/O on {Image}; put /var/tmp on a disk filesystem that has it.");
            Tool.Run("mount", "-o", "commit=600", device, Mount);
        }
        // Detached in advance: the kernel keeps it as long as it is mounted, and frees it by itself afterwards.
        finally { Tool.Run("losetup", "--detach", device); }
    }

    /// <summary>Everything written so far is on the disk, as after a quiet night.</summary>
    public void Settle() => Tool.Run("sync", "-f", Mount);

    /// <summary>Leaves no room on the disk until the result is disposed of.</summary>
    public IDisposable Fill() => new Filler(Path.Combine(Mount, "filler"));

    private sealed class Filler : IDisposable
    {
        private readonly string _file;

        public Filler(string file)
        {
            _file = file;
            // Large pieces first, then the last blocks, so that it is quick and leaves nothing.
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            foreach (var piece in new[] { 1 << 20, 1 << 12 })
            {
                var block = new byte[piece];
                try { while (true) stream.Write(block); }
                catch (IOException) { /* Full to this size. */ }
            }
        }

        public void Dispose() => File.Delete(_file);
    }

    /// <summary>Copies what the disk holds now. The writers must be frozen.</summary>
    public void Cut()
    {
        var copy = Path.Combine(_folder, $"{_number + 1}.img");
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Tool.Run("cp", "--sparse=always", Image, copy);
            if (Tool.Succeeds("cmp", "-s", Image, copy)) return;
        }
        throw new InvalidOperationException("The disk never came to rest.");
    }

    /// <summary>Power is back: the machine finds the disk as it was at the cut. The writers must be dead.</summary>
    public void PowerUp()
    {
        Unmount();
        File.Delete(Image);
        _number++;
        Attach();
    }

    private void Unmount()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            if (Tool.Succeeds("umount", Mount)) return;
            Thread.Sleep(100);
        }
        Tool.Run("umount", Mount);
    }

    private void AtExit(object? sender, EventArgs e) => Tool.Succeeds("umount", "-l", Mount);

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= AtExit;
        Unmount();
        Directory.Delete(_folder, recursive: true);
    }
}
