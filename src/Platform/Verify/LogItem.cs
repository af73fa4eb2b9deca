using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.Verify;

/// <summary>A log row with the transfers that lie under its number, and what could be found out of it alone.</summary>
internal sealed class LogItem(string name, long? seq)
{
    public string Name => name;
    /// <summary>Null where the number cannot be read.</summary>
    public long? Seq => seq;
    public LoggedFact? Fact { get; private set; }
    public int Epoch { get; private set; }
    public long Turn { get; set; }
    public byte[] Accounts { get; private set; } = [];
    public byte[] Digests { get; private set; } = [];
    public byte[] Answer { get; private set; } = [];
    public byte[] Hash { get; private set; } = [];
    /// <summary>The hash of the record before it; null where that is not known.</summary>
    public byte[]? Previous { get; set; }
    public List<TransferCells> Transfers { get; } = [];
    public List<string>? ChainFaults { get; private set; }
    public List<string>? TransferFaults { get; private set; }
    public void AddChainFault(string fault) => (ChainFaults ??= []).Add(fault);
    private void AddTransferFault(string fault) => (TransferFaults ??= []).Add(fault);
    public AccountTerms[] Terms { get; private set; } = [];
    public UInt128 AnswerNumber { get; private set; }
    /// <summary>What each proof that hears such facts made of it, or the fault that it met.</summary>
    public object[] Read { get; private set; } = [];

    public static readonly string Columns = LogRecord.Columns;

    public static LogItem Of(Row r, long lane)
    {
        var shown = Cells.Shown(r.Any(1));
        LogItem item;
        try
        {
            item = new LogItem($"log lane {lane} seq {shown}", r.Long(1))
            {
                Epoch = r.Int(2), Accounts = r.Utf8(10), Digests = r.Bytes(11), Answer = r.Bytes(12), Hash = r.Bytes(13), Turn = r.Long(14),
                Fact = new LoggedFact(r.Int(0), r.Long(1), r.Long(3), r.Int(4), r.Int(5), r.Text(6), r.Id(7), r.Id(8), r.Utf8(9), r.Long(14)),
            };
        }
        catch (InvalidDataException unreadable)
        {
            item = new LogItem($"log lane {lane} seq {shown}", r.Any(1) as long?);
            item.AddChainFault($"{item.Name}: {unreadable.Message}");
        }
        return item;
    }

    /// <summary>All that needs nothing but the record: hash, digests, accounts, and what the proofs make of the fact.</summary>
    public void Check(DigestBalance answers, IReadOnlyList<Hearing> proofs)
    {
        if (Fact is not { } f) return;
        if (Previous is not null && !LogRecord.HashOf(Previous, f.Lane, f.Seq, Epoch, f.At, f.Day, f.Park, f.Kind, f.Subject, f.Principal, f.Body, Accounts, Digests, Answer, Turn).AsSpan().SequenceEqual(Hash))
            AddChainFault($"{Name}: its hash does not follow from its content and the record before it");
        if (Answer.Length is not (0 or 16)) AddChainFault($"{Name}: its answer's digest has {Answer.Length} bytes");
        else if (Answer.Length == 16) AnswerNumber = answers.NumberOf(Answer);
        if (Accounts.Length > 0)
        {
            try { Terms = JsonSerializer.Deserialize<AccountTerms[]>(Accounts, Json.Options) is { } terms && terms.All(t => t?.Code is not null) ? terms : throw new JsonException(); }
            catch (JsonException) { AddChainFault($"{Name}: its accounts cannot be read"); }
        }
        CheckTransfers();
        var heard = 0;
        for (var i = 0; i < proofs.Count; i++) if (proofs[i].Hears(f.Kind)) heard++;
        if (heard == 0) return;
        Read = new object[proofs.Count];
        for (var i = 0; i < proofs.Count; i++) if (proofs[i].Hears(f.Kind)) Read[i] = proofs[i].Read(f);
    }

    private void CheckTransfers()
    {
        var count = Digests.Length / 16;
        Span<bool> found = count <= 256 ? stackalloc bool[256] : new bool[count];
        found.Clear();
        foreach (var cells in Transfers)
        {
            if (cells.N is >= 0 and var n && n < count) found[(int)n] = true;
            else if (cells.Row is not null) { AddTransferFault($"{cells.Name} belongs to no record of the log"); continue; }
            if (cells.Row is null) AddTransferFault($"{cells.Name}: {cells.Unreadable}");
            else if (!cells.Row.Digest().AsSpan().SequenceEqual(Digests.AsSpan(cells.Row.N * 16, 16))) AddTransferFault($"{cells.Name} is not what the log recorded");
        }
        for (var n = 0; n < count; n++)
            if (!found[n]) AddTransferFault($"transfer lane {Fact!.Lane} seq {Seq} n {n} is missing");
        if (Digests.Length % 16 != 0) AddTransferFault($"{Name}: its transfers' digests are incomplete");
    }
}

/// <summary>A transfer row, read or not.</summary>
internal sealed class TransferCells
{
    private readonly string? _name;
    public TransferRow? Row { get; }
    public long? Seq { get; }
    public long? N { get; }
    public string? Unreadable { get; }
    public string Name => _name ?? Row!.Name;

    public TransferCells(Row r)
    {
        try
        {
            Row = TransferRow.Of(r);
            (Seq, N) = (Row.Seq, Row.N);
        }
        catch (InvalidDataException unreadable)
        {
            (Seq, N, Unreadable) = (r.Any(1) as long?, r.Any(2) as long?, unreadable.Message);
            _name = $"transfer lane {Cells.Shown(r.Any(0))} seq {Cells.Shown(r.Any(1))} n {Cells.Shown(r.Any(2))}";
        }
    }
}
