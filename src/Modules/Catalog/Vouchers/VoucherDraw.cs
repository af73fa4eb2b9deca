using System.Globalization;
using System.Text.Json.Serialization;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>A voucher as an order keeps it.</summary>
/// <param name="Number">How people name it: the chosen code, or batch and serial.</param>
/// <param name="OffFen">What it took off the whole order.</param>
/// <param name="ComesBack">Whether it may be used again when everything of the order was returned.</param>
public sealed record OrderVoucher(Guid Id, Guid KindId, string Name, string NameEn, string Number, VoucherTerms Terms, long OffFen, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ComesBack = false)
{
    /// <summary>As the price sees it.</summary>
    public AskedVoucher Asked() => new(Id, Terms);
}

/// <summary>The vouchers of one order: found by their codes, decided when it is sold, counted with it. They are named with the other rows of the request.</summary>
public sealed class VoucherDraw
{
    private readonly int _park;
    private readonly (OrderVoucher Kept, Guid Batch)[] _vouchers;
    private readonly bool _goAlong;

    private VoucherDraw(int park, (OrderVoucher, Guid)[] vouchers, bool goAlong) => (_park, _vouchers, _goAlong) = (park, vouchers, goAlong);

    /// <summary>What takes nothing off.</summary>
    public static VoucherDraw None { get; } = new(0, [], false);

    /// <summary>As the price sees them.</summary>
    public IReadOnlyList<AskedVoucher> Asked => [.. _vouchers.Select(v => v.Kept.Asked())];

    /// <summary>What they are called, by their ids.</summary>
    public string? NameOf(Guid voucher, bool english) => Array.Find(_vouchers, v => v.Kept.Id == voucher).Kept is { } kept ? $"{(english && kept.NameEn.Length > 0 ? kept.NameEn : kept.Name)} {kept.Number}" : null;

    /// <summary>Finds vouchers by their codes, or says which of them cannot stand in an order together.</summary>
    public static async Task<(Refusal? Refused, VoucherDraw Draw)> Find(Database database, int park, IReadOnlyList<string> codes)
    {
        var found = new List<(OrderVoucher Kept, Guid Batch)>();
        foreach (var typed in codes)
        {
            if (VoucherCode.Read(typed) is not { } code || await VoucherUses.Find(database, park, code) is not var (voucher, batch, kind))
                return (new(VoucherRefusal.Unknown, 404, typed.Length > 24 ? typed[..24] : typed), None);
            if (found.Exists(f => f.Kept.Id == voucher.Id)) return (new(VoucherRefusal.Twice, 422, batch.NumberOf(voucher.Serial)), None);
            if (kind.Terms.IsCoupon() && found.Find(f => f.Kept.Terms.IsCoupon()).Kept is { } other) return (new(VoucherRefusal.SecondCoupon, 422, kind.Name, other.Name), None);
            found.Add((new(voucher.Id, kind.Id, kind.Name, kind.NameEn, batch.NumberOf(voucher.Serial), kind.Terms, 0, kind.ComesBack), batch.Id));
        }
        return (null, found.Count == 0 ? None : new(park, [.. found], goAlong: false));
    }

    /// <summary>The vouchers of an order that is rebooked: they go along with the terms they had, whatever became of them since.</summary>
    public static VoucherDraw GoingAlong(int park, OrderVoucher[] vouchers) => new(park, [.. vouchers.Select(v => (v, Guid.Empty))], goAlong: true);

    /// <summary>Names what <see cref="RefusalOf"/> and <see cref="Take"/> read and change.</summary>
    public void Touch(Touch touch)
    {
        foreach (var (kept, batch) in _vouchers)
        {
            if (!_goAlong) touch.Row(VoucherBatch.Table, batch);
            if (!_goAlong) touch.Row(VoucherKind.Table, kept.KindId);
            TouchBack(touch, _park, kept);
        }
    }

    /// <summary>Names what <see cref="GiveBack"/> changes.</summary>
    public static void TouchBack(Touch touch, int park, OrderVoucher voucher)
    {
        touch.Row(Voucher.Table, voucher.Id);
        touch.Account(VoucherKind.TakenOff(park, voucher.KindId));
        touch.Account(VoucherKind.NotTaken(park, voucher.KindId));
    }

    /// <summary>Why one of them may not be used now; null where all may.</summary>
    public Refusal? RefusalOf(WriteGroup group)
    {
        if (_goAlong) return null;
        foreach (var (kept, id) in _vouchers)
        {
            var (voucher, batch) = (group.Find(Voucher.Table, kept.Id)!, group.Find(VoucherBatch.Table, id)!);
            if (Refused(batch, voucher, kept, group.BusinessDay(_park)) is { } refusal) return refusal;
        }
        return null;
    }

    /// <summary>Counts them as used by an order at a price, or refuses the whole.</summary>
    /// <returns>What the order keeps of them; null where it has none.</returns>
    public (Refusal? Refusal, OrderVoucher[]? Vouchers) Take(WriteGroup group, Guid order, PricedOrder price)
    {
        if (_vouchers.Length == 0) return (null, null);
        var taken = _vouchers.Select((v, at) => v.Kept with { OffFen = price.VouchersFen![at] }).ToArray();
        if (!_goAlong && Array.Find(taken, v => v.OffFen == 0) is { } useless) return (new(VoucherRefusal.TakesNothing, 422, useless.Name, useless.Number), null);
        foreach (var kind in taken.GroupBy(v => v.KindId))
        {
            var (off, account) = (kind.Sum(v => v.OffFen), VoucherKind.TakenOff(_park, kind.Key));
            if (!_goAlong && group.Find(VoucherKind.Table, kind.Key)!.BudgetFen is > 0 and var budget && group.Ledger.Taken(account) + off > budget)
                return (new(VoucherRefusal.BudgetSpent, 409, kind.First().Name, new Rules.Values.Money(Math.Max(0, budget - group.Ledger.Taken(account)))), null);
        }
        foreach (var kept in taken)
        {
            if (kept.OffFen > 0) group.Ledger.Move(VoucherKind.NotTaken(_park, kept.KindId), VoucherKind.TakenOff(_park, kept.KindId), kept.OffFen, "voucher");
            var voucher = group.Find(Voucher.Table, kept.Id)!;
            group.Put(Voucher.Table, voucher with { Used = voucher.Used + 1, Order = order, UsedAt = group.Now.Micros() });
        }
        return (null, taken);
    }

    /// <summary>Gives a voucher back of an order that is over, or of which nothing stays.</summary>
    public static void GiveBack(WriteGroup group, int park, Guid order, OrderVoucher kept)
    {
        var (voucher, taken) = (group.Find(Voucher.Table, kept.Id)!, VoucherKind.TakenOff(park, kept.KindId));
        // A figure that is too low is the verification's to report; it keeps nobody from getting a ticket taken back.
        if (Math.Min(kept.OffFen, group.Ledger.Taken(taken)) is > 0 and var off) group.Ledger.Move(taken, VoucherKind.NotTaken(park, kept.KindId), off, "voucher returned");
        group.Put(Voucher.Table, voucher.Order == order ? voucher with { Used = Math.Max(0, voucher.Used - 1), Order = null, UsedAt = null } : voucher with { Used = Math.Max(0, voucher.Used - 1) });
    }

    /// <summary>Whether one may be used on a day, by what is known of it.</summary>
    internal static Refusal? Refused(VoucherBatch batch, Voucher voucher, OrderVoucher kept, DateOnly today)
    {
        var reason = batch.Standing(voucher.Voided).Decide(today, voucher.Used);
        return reason switch
        {
            VoucherRefusal.None => null,
            VoucherRefusal.NotYet => new(reason, 409, kept.Name, kept.Number, batch.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            VoucherRefusal.Over => new(reason, 409, kept.Name, kept.Number, batch.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => new(reason, 409, kept.Name, kept.Number),
        };
    }
}
