using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Shanmen.Platform.Log;

/// <summary>
/// One fact as the log keeps it. The log is audit log and outbox in one: gapless numbers, each record's hash taken over
/// the one before, so an edited, removed or inserted record is found.
/// </summary>
/// <param name="At">Microseconds since 1970, UTC.</param>
/// <param name="Day">Business day as yyyyMMdd, stamped once.</param>
/// <param name="Accounts">JSON of ledger accounts opened or changed by this record, or "".</param>
/// <param name="Transfers">16 bytes for each ledger transfer of this record, in order.</param>
/// <param name="Answer">16 bytes of the kept answer, or empty.</param>
/// <param name="Turn">
/// Orders the records of all lanes: of two that touched the same row the later has the higher turn. 0 in records from before there were lanes.
/// </param>
public sealed record LogRecord(int Lane, long Seq, int Epoch, long At, int Day, int Park, string Kind, Guid Subject, Guid Principal,
    string Body, string Accounts, byte[] Transfers, byte[] Answer, byte[] Hash, long Turn)
{
    public const string Columns = "lane, seq, epoch, at, day, park, kind, subject, principal, body, accounts, transfers, answer, hash, turn";

    public static LogRecord Read(Storage.Row r) => new(r.Int(0), r.Long(1), r.Int(2), r.Long(3), r.Int(4), r.Int(5), r.Text(6), r.Id(7), r.Id(8),
        r.Text(9), r.Text(10), r.Bytes(11), r.Bytes(12), r.Bytes(13), r.Long(14));

    internal object?[] Values() => [Lane, Seq, Epoch, At, Day, Park, Kind, Subject, Principal, Body, Accounts, Transfers, Answer, Hash, Turn];

    internal static readonly string Insert = $"insert into log ({Columns}) values ({string.Join(", ", Enumerable.Range(1, 15).Select(i => "@" + i))})";

    /// <summary>The hash that this record must carry when it follows <paramref name="previous"/>.</summary>
    public byte[] HashAfter(ReadOnlySpan<byte> previous)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(Body.Length) + Encoding.UTF8.GetMaxByteCount(Accounts.Length));
        var body = Encoding.UTF8.GetBytes(Body, bytes);
        var accounts = Encoding.UTF8.GetBytes(Accounts, bytes.AsSpan(body));
        var hash = HashOf(previous, Lane, Seq, Epoch, At, Day, Park, Kind, Subject, Principal, bytes.AsSpan(0, body), bytes.AsSpan(body, accounts), Transfers, Answer, Turn);
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }

    /// <summary>The same for a record whose texts are at hand as UTF-8.</summary>
    internal static byte[] HashOf(ReadOnlySpan<byte> previous, int lane, long seq, int epoch, long at, int day, int park, string kind, Guid subject, Guid principal,
        ReadOnlySpan<byte> body, ReadOnlySpan<byte> accounts, ReadOnlySpan<byte> transfers, ReadOnlySpan<byte> answer, long turn)
    {
        using var text = new HashedText(stackalloc byte[2048]);
        // Numbers and ids are of limited length, words are not.
        Span<byte> numbers = stackalloc byte[192];
        text.Add(previous);
        Utf8.TryWrite(numbers, CultureInfo.InvariantCulture, $"{lane}|{seq}|{epoch}|{at}|{day}|{park}|", out var written);
        text.Add(numbers[..written]);
        text.Add(kind);
        Utf8.TryWrite(numbers, CultureInfo.InvariantCulture, $"|{subject:N}|{principal:N}|{body.Length}|", out written);
        text.Add(numbers[..written]);
        text.Add(body);
        Utf8.TryWrite(numbers, CultureInfo.InvariantCulture, $"|{Encoding.UTF8.GetCharCount(accounts)}|", out written);
        text.Add(numbers[..written]);
        text.Add(accounts);
        Utf8.TryWrite(numbers, CultureInfo.InvariantCulture, $"|{transfers.Length}|{answer.Length}|", out written);
        text.Add(numbers[..written]);
        text.Add(transfers);
        text.Add(answer);
        if (turn != 0) text.Add($"|{turn}");
        return text.Hash();
    }

    /// <summary>What the log keeps of a transfer. A step of a hold tells which, of which hold and until when; a transfer at once has the digest that it always had.</summary>
    public static byte[] DigestOf(long from, long to, long amount, int unit, string what, long at, int day, int park, int n, int phase = 0, Guid? hold = null, long? until = null)
    {
        using var text = new HashedText(stackalloc byte[320]);
        Span<byte> numbers = stackalloc byte[128];
        Utf8.TryWrite(numbers, CultureInfo.InvariantCulture, $"{n}|{from}|{to}|{amount}|{unit}|", out var written);
        text.Add(numbers[..written]);
        text.Add(what);
        Utf8.TryWrite(numbers, CultureInfo.InvariantCulture, $"|{at}|{day}|{park}", out written);
        text.Add(numbers[..written]);
        if (phase != 0 || hold is not null || until is not null) text.Add($"|{phase}|{hold:N}|{until}");
        return text.Hash()[..16];
    }

    public DateTimeOffset Moment => Time.Moments.From(At);
}
