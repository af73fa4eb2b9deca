using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.Backup;

/// <summary>Reads a backup from front to back; every byte is proven before it is used.</summary>
public sealed class BackupReader : IDisposable
{
    private readonly FileStream _file;
    private readonly UnsealingStream _unsealed;
    private readonly BinaryReader _reader;
    private bool _tablesRead;

    /// <summary>What the backup says of itself.</summary>
    public BackupManifest Manifest { get; }
    /// <summary>The key ring in the backup, for <see cref="Secrets.KeyRing.Parse"/>.</summary>
    public byte[] Keys { get; }

    private BackupReader(FileStream file, UnsealingStream unsealed)
    {
        (_file, _unsealed) = (file, unsealed);
        _reader = new BinaryReader(new BrotliStream(unsealed, CompressionMode.Decompress), Encoding.UTF8);
        Manifest = JsonSerializer.Deserialize<BackupManifest>(CellCodec.ReadBytes(_reader), Json.Options) ?? throw new BackupDamagedException("The backup has no manifest.");
        Keys = CellCodec.ReadBytes(_reader);
        if (BackupFile.FingerprintOf(Keys) != Manifest.Keys) throw new BackupDamagedException("The key ring is not the one that the manifest names.");
    }

    /// <exception cref="BackupDamagedException">The passphrase is wrong, or the file is no sound backup.</exception>
    public static BackupReader Open(string path, string passphrase)
    {
        var file = File.OpenRead(path);
        try
        {
            var header = BackupFile.ReadHeader(file);
            return Guarded(() => new BackupReader(file, new UnsealingStream(file, BackupFile.KeyOf(header, passphrase), header)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives every row of every table, in the file's order, and proves counts and end. May be called once.</summary>
    internal void ReadTables(Action<StoreTable> begin, Action<StoreTable, object?[]> row)
    {
        if (_tablesRead) throw new InvalidOperationException("A backup is read once.");
        _tablesRead = true;
        Guarded(() =>
        {
            var seen = new HashSet<string>();
            for (var name = _reader.ReadString(); name.Length > 0; name = _reader.ReadString())
            {
                var table = ReadTable(name);
                if (!seen.Add(name)) throw new BackupDamagedException($"Table {name} stands twice in the backup.");
                begin(table);
                var rows = ReadRows(table, row);
                if (_reader.ReadInt64() != rows || Manifest.Rows.GetValueOrDefault(name, -1) != rows)
                    throw new BackupDamagedException($"Table {name} has {rows:N0} rows where the manifest names {Manifest.Rows.GetValueOrDefault(name):N0}.");
            }
            if (Manifest.Rows.Keys.Except(seen).FirstOrDefault() is { } gone) throw new BackupDamagedException($"Table {gone} is not in the backup.");
            // The packed stream may end before the file does; what follows must still be proven, and be nothing.
            if (_reader.BaseStream.ReadByte() >= 0) throw new BackupDamagedException("Something follows the end of the backup.");
            var rest = new byte[4096];
            while (_unsealed.Read(rest) > 0) { }
            return true;
        });
    }

    private StoreTable ReadTable(string name)
    {
        var columns = new TableColumn[_reader.Read7BitEncodedInt()];
        for (var i = 0; i < columns.Length; i++) columns[i] = new TableColumn(_reader.ReadString(), (CellKind)_reader.ReadByte());
        return new StoreTable(name, columns);
    }

    private long ReadRows(StoreTable table, Action<StoreTable, object?[]> row)
    {
        var rows = 0L;
        while (_reader.ReadBoolean())
        {
            var cells = new object?[table.Columns.Count];
            for (var i = 0; i < cells.Length; i++) cells[i] = CellCodec.Read(_reader, table.Columns[i].Kind);
            row(table, cells);
            rows++;
        }
        return rows;
    }

    /// <summary>Whatever way a damaged content shows itself in, the caller hears one kind of exception.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try { return read(); }
        catch (Exception damaged) when (damaged is EndOfStreamException or InvalidDataException or FormatException or JsonException or OverflowException or ArgumentException)
        {
            throw new BackupDamagedException("The backup's content cannot be read: " + damaged.Message);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _unsealed.Dispose();
        _file.Dispose();
    }
}
