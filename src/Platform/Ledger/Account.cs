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
    /// <summary>Points of a member.</summary>
    Point = 3,
    /// <summary>Time that was bought or is left.</summary>
    Minute = 4,
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
    /// <summary>Whether each movement leaves an entry with the balance after it. Once an account keeps entries it goes on; one without limits must always be named with it.</summary>
    public bool KeepsEntries { get; init; }

    /// <summary>The account of a park with this code, given without the park.</summary>
    public static Account Of(int park, string code, Unit unit, long? min = null, long? max = null)
    {
        var full = $"{park}/{code}";
        return new(IdOf(full), park, full, unit, min, max);
    }

    /// <summary>Whether a transfer can be too much for it, or each must leave its entry. Only such an account is one row that everybody waits for.</summary>
    public bool IsLimited => Min is not null || Max is not null || KeepsEntries;

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

/// <summary>An account's row: its terms, its balance, and what holds reserve of it.</summary>
/// <param name="Leaving">What open holds will take from it, if they are posted.</param>
/// <param name="Coming">What open holds will bring to it, if they are posted.</param>
/// <param name="Entries">Number of the last entry; null where it keeps none.</param>
public sealed record AccountRow(long Id, int Park, string Code, Unit Unit, long? Min, long? Max, long Balance, long Leaving = 0, long Coming = 0, long? Entries = null);

/// <summary>The terms of an account as the log keeps them, whenever they begin or change.</summary>
public sealed record AccountTerms(int Park, string Code, Unit Unit, long? Min, long? Max)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepsEntries { get; init; }
}

/// <summary>An immutable movement from one account to another of the same unit, or a step of a hold. It can only balance.</summary>
/// <param name="What">Closed word for the reason, e.g. "sale", "change of float".</param>
public sealed record Transfer(long From, long To, long Amount, Unit Unit, string What)
{
    /// <summary>Only <see cref="Phase.AtOnce"/> and <see cref="Phase.Posted"/> move balances.</summary>
    public Phase Phase { get; init; }
    /// <summary>The hold that it is a step of.</summary>
    public Guid? Hold { get; init; }
    /// <summary>Of the first step: up to when the hold may be posted, in microseconds since 1970.</summary>
    public long? Until { get; init; }
}

internal static class LedgerTables
{
    public static readonly RowTable<long, AccountRow> Accounts = new("account", "id, park, code, unit, min, max, balance, leaving, coming, entries",
        r => new AccountRow(r.Long(0), r.Int(1), r.Text(2), (Unit)r.Int(3), r.LongOrNull(4), r.LongOrNull(5), r.Long(6), r.Long(7), r.Long(8), r.LongOrNull(9)),
        a => [a.Id, a.Park, a.Code, (int)a.Unit, a.Min, a.Max, a.Balance, a.Leaving, a.Coming, a.Entries], a => a.Id);
}
