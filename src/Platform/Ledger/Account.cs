using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Ledger;

/// <summary>What an account counts.</summary>
public enum Unit
{
    /// <summary>Money, in fen.</summary>
    Fen = 1,
    /// <summary>Places, people, uses: whole things.</summary>
    Piece = 2,
}

/// <summary>
/// An account of the ledger. The id follows from park and code, so nobody has to look it up or hand it out;
/// two codes with one id would be a bug that <see cref="LedgerSheet"/> refuses.
/// </summary>
/// <param name="Code">Readable path that begins with the park, e.g. "1/drawer/0193…", "1/places/0193…/20261003".</param>
/// <param name="Min">The balance never falls below this; null = no bound.</param>
/// <param name="Max">The balance never rises above this by a transfer; null = no bound. Lowering it below the balance means "no more".</param>
public readonly record struct Account(long Id, int Park, string Code, Unit Unit, long? Min, long? Max)
{
    /// <summary>The account of a park with this code, given without the park.</summary>
    public static Account Of(int park, string code, Unit unit, long? min = null, long? max = null)
    {
        var full = $"{park}/{code}";
        return new(IdOf(full), park, full, unit, min, max);
    }

    /// <summary>Whether a transfer can be too much for it. Only such an account is one row that everybody waits for.</summary>
    public bool IsLimited => Min is not null || Max is not null;

    /// <summary>
    /// Where a lane writes it. Of an account that no transfer can be too much for, each lane has a stripe of its own, so that lanes
    /// do not wait for each other; what it holds is the sum of the stripes.
    /// </summary>
    /// <param name="lane">From 1; the first lane's stripe has the account's own code.</param>
    public Account On(int lane)
    {
        if (lane == 1 || IsLimited) return this;
        var striped = $"{Code}{StripeMark}{lane}";
        return this with { Code = striped, Id = IdOf(striped) };
    }

    /// <summary>All rows that the account may have.</summary>
    public IEnumerable<Account> Stripes() => IsLimited ? [this] : Enumerable.Range(1, Lanes.Max).Select(On);

    /// <summary>The account's code without the mark of a stripe.</summary>
    public static string CodeOf(string stored) => stored.IndexOf(StripeMark) is >= 0 and var at ? stored[..at] : stored;

    private const char StripeMark = '#';

    /// <summary>The id that follows from a code as stored, which begins with its park.</summary>
    public static long IdOf(string fullCode)
    {
        if (Known.TryGetValue(fullCode, out var known)) return known;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(fullCode), hash);
        var id = BinaryPrimitives.ReadInt64BigEndian(hash) & long.MaxValue;
        if (Known.Count < KnownMax) Known[fullCode] = id;
        return id;
    }

    // A sale names some twenty accounts, mostly those of the sale before.
    private const int KnownMax = 50_000;
    private static readonly ConcurrentDictionary<string, long> Known = new(StringComparer.Ordinal);
}

/// <summary>An account's row: its terms and its balance.</summary>
public sealed record AccountRow(long Id, int Park, string Code, Unit Unit, long? Min, long? Max, long Balance);

/// <summary>The terms of an account as the log keeps them, whenever they begin or change.</summary>
public sealed record AccountTerms(int Park, string Code, Unit Unit, long? Min, long? Max);

/// <summary>An immutable movement from one account to another of the same unit. It can only balance.</summary>
/// <param name="What">Closed word for the reason, e.g. "sale", "change of float".</param>
public sealed record Transfer(long From, long To, long Amount, Unit Unit, string What);

internal static class LedgerTables
{
    public static readonly RowTable<long, AccountRow> Accounts = new("account", "id, park, code, unit, min, max, balance",
        r => new AccountRow(r.Long(0), r.Int(1), r.Text(2), (Unit)r.Int(3), r.LongOrNull(4), r.LongOrNull(5), r.Long(6)),
        a => [a.Id, a.Park, a.Code, (int)a.Unit, a.Min, a.Max, a.Balance], a => a.Id);
}
