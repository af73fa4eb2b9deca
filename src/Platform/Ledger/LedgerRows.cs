using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Ledger;

/// <summary>Writes what a request moved: its transfers, and the entries of accounts that keep them.</summary>
internal static class LedgerRows
{
    public const string Columns = "lane, seq, n, source, target, amount, unit, what, at, day, park, phase, hold, until";
    // A sale names only what it needs: the other columns have defaults.
    private const string InsertAtOnce =
        "insert into transfer (lane, seq, n, source, target, amount, unit, what, at, day, park) values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11)";
    private const string InsertStep =
        $"insert into transfer ({Columns}) values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14)";

    /// <summary>Adds the statements of a draft, and returns 16 bytes for each transfer, in order, for its log record.</summary>
    public static byte[] Write(Draft draft, int lane, long seq, long at, int day, List<Statement> statements)
    {
        var (park, digests) = (draft.Key.Park, new byte[draft.Transfers.Count * 16]);
        for (var n = 0; n < draft.Transfers.Count; n++)
        {
            var t = draft.Transfers[n];
            LogRecord.DigestOf(t.From, t.To, t.Amount, (int)t.Unit, t.What, at, day, park, n, (int)t.Phase, t.Hold, t.Until).CopyTo(digests, n * 16);
            statements.Add(t.Phase == Phase.AtOnce
                ? new Statement(InsertAtOnce, lane, seq, n, t.From, t.To, t.Amount, (int)t.Unit, t.What, at, day, park)
                : new Statement(InsertStep, lane, seq, n, t.From, t.To, t.Amount, (int)t.Unit, t.What, at, day, park, (int)t.Phase, t.Hold, t.Until));
        }
        foreach (var e in draft.Entries)
            statements.Add(new Entry(e.Account, e.Number, lane, seq, e.N, e.Amount, e.Balance, draft.Transfers[e.N].What, at).Insert());
        return digests;
    }
}

/// <summary>An entry before its record has a number.</summary>
/// <param name="N">Which of the request's transfers moved the account.</param>
internal readonly record struct DraftEntry(long Account, long Number, int N, long Amount, long Balance);

/// <summary>One movement of an account that keeps its entries.</summary>
/// <param name="Number">Counts the account's entries from 1, without gaps.</param>
/// <param name="Amount">With its sign, in the account's unit.</param>
/// <param name="Balance">The account's balance after it.</param>
/// <param name="At">Microseconds since 1970, UTC.</param>
public sealed record Entry(long Account, long Number, int Lane, long Seq, int N, long Amount, long Balance, string What, long At)
{
    internal const string Columns = "account, number, lane, seq, n, amount, balance, what, at";
    private const string InsertSql = $"insert into account_entry ({Columns}) values (@1, @2, @3, @4, @5, @6, @7, @8, @9)";

    internal static Entry Read(Row r) => new(r.Long(0), r.Long(1), r.Int(2), r.Long(3), r.Int(4), r.Long(5), r.Long(6), r.Text(7), r.Long(8));
    internal Statement Insert() => new(InsertSql, Account, Number, Lane, Seq, N, Amount, Balance, What, At);

    /// <summary>16 bytes that stand for the whole entry, for comparing many.</summary>
    internal byte[] Digest()
    {
        using var text = new HashedText(stackalloc byte[256]);
        text.Add($"{Account}|{Number}|{Lane}|{Seq}|{N}|{Amount}|{Balance}|{At}|{What}");
        return text.Hash()[..16];
    }
}
