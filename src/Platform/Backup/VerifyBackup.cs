using Shanmen.Platform.Log;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Verify;

namespace Shanmen.Platform.Backup;

/// <summary>What the proof of a backup came to.</summary>
/// <param name="Manifest">Null when not even the beginning could be opened.</param>
/// <param name="FirstBad">Says what is wrong and where, or null.</param>
public sealed record BackupCheck(BackupManifest? Manifest, long Rows, string? FirstBad)
{
    public bool Ok => FirstBad is null;
}

/// <summary>Proves a backup without restoring it: every byte opened, every row read and counted, the log's chain walked to the heads of the manifest.</summary>
public static class VerifyBackup
{
    public static Task<BackupCheck> Run(string file, string passphrase, CancellationToken cancel = default) => Task.Run(() =>
    {
        BackupManifest? manifest = null;
        var rows = 0L;
        try
        {
            using var reader = BackupReader.Open(file, passphrase);
            manifest = reader.Manifest;
            _ = KeyRing.Parse(reader.Keys);
            var chain = new BackupChain();
            reader.ReadTables(_ => { }, (table, cells) =>
            {
                cancel.ThrowIfCancellationRequested();
                rows++;
                if (table.Name == "log") chain.Add(table, cells);
            });
            chain.MustEndAt(manifest.Heads);
            return new BackupCheck(manifest, rows, null);
        }
        catch (BackupDamagedException damaged) { return new BackupCheck(manifest, rows, damaged.Message); }
        catch (InvalidDataException keys) { return new BackupCheck(manifest, rows, keys.Message); }
        catch (IOException unreadable) { return new BackupCheck(manifest, rows, "The file cannot be read: " + unreadable.Message); }
    }, cancel);
}

/// <summary>Walks the log's chain as its rows come by.</summary>
internal sealed class BackupChain
{
    private readonly Dictionary<int, LaneHead> _heads = [];

    public void Add(StoreTable table, object?[] cells)
    {
        object? Cell(string name) => cells[Array.FindIndex([.. table.Columns], c => c.Name == name)];
        var record = new LogRecord(checked((int)(long)Cell("lane")!), (long)Cell("seq")!, checked((int)(long)Cell("epoch")!), (long)Cell("at")!, checked((int)(long)Cell("day")!),
            checked((int)(long)Cell("park")!), (string)Cell("kind")!, (Guid)Cell("subject")!, (Guid)Cell("principal")!, (string)Cell("body")!, (string)Cell("accounts")!,
            (byte[])Cell("transfers")!, (byte[])Cell("answer")!, (byte[])Cell("hash")!, table.Columns.Any(c => c.Name == "turn") ? (long)Cell("turn")! : 0);
        var head = _heads.GetValueOrDefault(record.Lane) ?? new LaneHead(record.Lane, 0, "");
        if (record.Seq != head.Seq + 1) throw new BackupDamagedException($"log lane {record.Lane} seq {head.Seq + 1} is missing in the backup");
        if (!record.HashAfter(Convert.FromHexString(head.Hash)).AsSpan().SequenceEqual(record.Hash))
            throw new BackupDamagedException($"log lane {record.Lane} seq {record.Seq}: its hash does not follow from its content and the record before it");
        _heads[record.Lane] = new LaneHead(record.Lane, record.Seq, Convert.ToHexStringLower(record.Hash));
    }

    public void MustEndAt(LaneHead[] heads)
    {
        foreach (var head in heads)
            if (_heads.GetValueOrDefault(head.Lane) != head) throw new BackupDamagedException($"log lane {head.Lane} does not end at seq {head.Seq} as the manifest says");
        if (_heads.Count != heads.Length) throw new BackupDamagedException("the log has a lane that the manifest does not name");
    }
}
