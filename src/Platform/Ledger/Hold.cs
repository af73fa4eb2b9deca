using System.Security.Cryptography;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Ledger;

/// <summary>Which step a transfer is, and how a hold stands. docs/algorithms/ledger.md, "Holds".</summary>
public enum Phase
{
    /// <summary>It moved at once; there was no hold.</summary>
    AtOnce = 0,
    /// <summary>The amount is reserved on both accounts; balances have not moved.</summary>
    Held = 1,
    /// <summary>The hold, or a part of it, became final; the rest is free.</summary>
    Posted = 2,
    /// <summary>The hold was given up.</summary>
    Voided = 3,
    /// <summary>The hold's time ran out.</summary>
    TimedOut = 4,
}

/// <summary>Why a hold is not ended as asked. <see cref="None"/>: it is.</summary>
public enum HoldRefusal { None, HoldUnknown, HoldPosted, HoldVoided, HoldTimedOut, LessIsHeld, HoldStands }

/// <summary>占用: an amount that is reserved on two accounts until it is posted, voided or timed out.</summary>
/// <param name="Until">Microseconds since 1970 up to which it may be posted; null when it ends with what it belongs to.</param>
/// <param name="State">Never <see cref="Phase.AtOnce"/>.</param>
/// <param name="Posted">What was posted of it; 0 unless it was.</param>
public sealed record HoldRow(Guid Id, int Park, long Source, long Target, long Amount, Unit Unit, string What, long? Until, Phase State, long Posted)
{
    public static readonly RowTable<Guid, HoldRow> Table = new("hold", "id, park, source, target, amount, unit, what, until, state, posted",
        r => new HoldRow(r.Id(0), r.Int(1), r.Long(2), r.Long(3), r.Long(4), (Unit)r.Int(5), r.Text(6), r.LongOrNull(7), (Phase)r.Int(8), r.Long(9)),
        h => [h.Id, h.Park, h.Source, h.Target, h.Amount, (int)h.Unit, h.What, h.Until, (int)h.State, h.Posted], h => h.Id);

    private const int AtOnce = 20, MomentBytes = 6;
    private static readonly string ByIds = $"{Table.Select} where id in ({string.Join(", ", Enumerable.Range(1, AtOnce).Select(i => "@" + i))})";

    /// <summary>The id of a hold that belongs to a part of something the client made: of an order and a ticket type. It begins with the moment of the order's id.</summary>
    public static Guid IdOf(Guid parent, Guid part)
    {
        Span<byte> both = stackalloc byte[32], hash = stackalloc byte[32];
        parent.TryWriteBytes(both, bigEndian: true, out _);
        part.TryWriteBytes(both[16..], bigEndian: true, out _);
        SHA256.HashData(both, hash);
        hash[..(16 - MomentBytes)].CopyTo(both[MomentBytes..]);
        return new Guid(both[..16], bigEndian: true);
    }

    /// <summary>Those of the holds that there are, outside the write path. All but state and posted never change.</summary>
    public static async Task<HoldRow[]> Read(Database database, IEnumerable<Guid> ids)
    {
        var found = new List<HoldRow>();
        foreach (var some in ids.Chunk(AtOnce))
            // The statement's text is constant, so the rest is filled up with an id that no hold has.
            found.AddRange(await database.Query(Table.Read, ByIds, [.. Enumerable.Range(0, AtOnce).Select(i => (object?)(i < some.Length ? some[i] : Guid.Empty))]));
        return [.. found];
    }

    /// <summary>Open holds whose own moment has passed, the oldest first.</summary>
    internal static Task<List<HoldRow>> Due(Database database, DateTimeOffset now, int atMost) =>
        database.Query(Table.Read, $"{Table.Select} where state = 1 and until is not null and until < @1 order by until limit {atMost}", now.Micros());

    /// <summary>Names the rows that ending this hold changes.</summary>
    public void Touch(Touch touch)
    {
        touch.Row(Table, Id);
        touch.Row(LedgerTables.Accounts, Source);
        touch.Row(LedgerTables.Accounts, Target);
    }
}
