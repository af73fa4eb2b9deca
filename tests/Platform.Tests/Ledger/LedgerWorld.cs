using Microsoft.Extensions.Logging.Abstractions;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Tests.Ledger;

/// <summary>
/// A small park of its own in a shared store, worked through the real write path: places with a quota, a purse that pays for
/// them, and as many uses as people were paid for. Each order holds or moves all three at once.
/// </summary>
internal sealed class LedgerWorld(TestStore store, int number)
{
    private sealed record Placed(int Type, Guid Order, Account Uses);

    private readonly Account _purse = Account.Of(1, $"{number}/purse", Unit.Fen, min: 0) with { KeepsEntries = true },
        _bank = Account.Of(1, $"{number}/bank", Unit.Fen, min: -1_000_000), _outside = Account.Of(1, $"{number}/outside", Unit.Piece, min: -1_000_000);
    private readonly List<Placed> _orders = [];
    private readonly long[] _quota = [12, 5];

    private Account Places(int type) => Account.Of(1, $"{number}/places/{type}", Unit.Piece, min: 0, max: _quota[type]);
    private Account Unsold(int type) => Account.Of(1, $"{number}/unsold/{type}", Unit.Piece, min: -1_000_000);
    /// <summary>All people inside; as many as the park takes.</summary>
    private Account Inside => Account.Of(1, $"{number}/inside", Unit.Piece, min: 0, max: 9);

    public async Task Open() => Assert.Null(await store.Move(_bank, _purse, NaiveLedger.PurseFen));

    /// <summary>Does the step, or says false. Whatever else goes wrong is thrown.</summary>
    public async Task<bool> Do(Step step)
    {
        if (step.Deed is Deed.Quota) { _quota[step.Which % NaiveLedger.Types] = step.Amount * 3; return true; }
        if (step.Deed is Deed.Wait)
        {
            store.Clock.TrySet(store.Clock.GetUtcNow().AddMinutes(step.Amount));
            await new TimeOutHolds(store.Database, await store.Queue(), store.Clock, NullLogger<TimeOutHolds>.Instance).Run();
            return true;
        }
        if (step.Deed is Deed.Sell or Deed.Hold or Deed.HoldAWhile) return await Place(step);
        if (_orders.Count == 0) return false;
        var order = _orders[step.Which % _orders.Count];
        return step.Deed switch
        {
            Deed.Post => await End(order, (holds, id, _) => holds.Post(id)),
            Deed.PostPart => await End(order, (holds, id, each) => holds.Post(id, step.Amount * each)),
            Deed.Void => await End(order, (holds, id, _) => holds.Void(id)),
            Deed.Return => await Moved((order.Uses, Unsold(order.Type), step.Amount), (Places(order.Type), _outside, step.Amount), (_bank, _purse, step.Amount * NaiveLedger.FenEach)),
            _ => await Moved((order.Uses, Inside, step.Amount)),
        };
    }

    /// <summary>A place, a use of it and its price, one as large as the other: the three of them together or none.</summary>
    private async Task<bool> Place(Step step)
    {
        var (type, id) = (step.Which % NaiveLedger.Types, Guid.CreateVersion7(store.Clock.GetUtcNow()));
        var order = new Placed(type, id, Account.Of(1, $"{number}/uses/{_orders.Count}", Unit.Piece, min: 0));
        (Account From, Account To, long Amount)[] parts =
            [(_outside, Places(type), step.Amount), (Unsold(type), order.Uses, step.Amount), (_purse, _bank, step.Amount * NaiveLedger.FenEach)];
        var until = step.Deed == Deed.HoldAWhile ? store.Clock.GetUtcNow().AddMinutes(step.Amount) : (DateTimeOffset?)null;
        var refusal = await store.Do([.. parts.SelectMany(p => new[] { p.From, p.To })], group =>
        {
            for (var i = 0; i < parts.Length; i++)
            {
                var (from, to, amount) = parts[i];
                if (!group.Ledger.Allows(from, to, amount)) return new Refusal(TestRefusal.NoRoom, 409);
                if (step.Deed == Deed.Sell) group.Ledger.Move(from, to, amount, "sell");
                else group.Ledger.Holds.Open(HoldOf(id, i), from, to, amount, "hold", until);
            }
            return null;
        }, opens: [.. Enumerable.Range(0, parts.Length).Select(i => HoldOf(id, i))]);
        if (refusal is null) _orders.Add(order);
        return refusal is null;
    }

    private static Guid HoldOf(Guid order, int part) => HoldRow.IdOf(order, new Guid(part, 0, 0, new byte[8]));

    private async Task<bool> End(Placed order, Func<HoldSheet, Guid, long, HoldRefusal> end)
    {
        Guid[] ids = [.. Enumerable.Range(0, 3).Select(i => HoldOf(order.Order, i))];
        var known = await HoldRow.Read(store.Database, ids);
        return await store.Do([], group =>
        {
            foreach (var (id, part) in ids.Select((id, part) => (id, part)))
                if (end(group.Ledger.Holds, id, part == 2 ? NaiveLedger.FenEach : 1) is not HoldRefusal.None and var refusal) return new Refusal(refusal, 409);
            return null;
        }, opens: ids, ends: known) is null;
    }

    private async Task<bool> Moved(params (Account From, Account To, long Amount)[] parts) => await store.Do([.. parts.SelectMany(p => new[] { p.From, p.To })], group =>
    {
        foreach (var (from, to, amount) in parts)
        {
            if (!group.Ledger.Allows(from, to, amount)) return new Refusal(TestRefusal.NoRoom, 409);
            group.Ledger.Move(from, to, amount, "move");
        }
        return null;
    }) is null;

    /// <summary>What the ledger says where the naive one says something else, or null.</summary>
    public async Task<string?> DifferenceFrom(NaiveLedger naive)
    {
        for (var type = 0; type < NaiveLedger.Types; type++)
            if (await store.Of(Places(type)) is var (sold, _, held) && (sold, held) != (naive.Sold(type), naive.Held(type)))
                return $"type {type}: {sold} sold, {held} held; expected {naive.Sold(type)}, {naive.Held(type)}";
        if (await store.Of(_purse) is var (fen, leaving, _) && (fen, leaving) != (naive.Purse, naive.PurseHeld))
            return $"purse: {fen}, {leaving} held; expected {naive.Purse}, {naive.PurseHeld}";
        if ((await store.Of(Inside)).Balance is var inside && inside != naive.Inside) return $"inside: {inside}; expected {naive.Inside}";
        for (var i = 0; i < _orders.Count; i++)
            if ((await store.Of(_orders[i].Uses)).Balance is var left && left != naive.Orders[i].Open - naive.Orders[i].Used)
                return $"order {i}: {left} uses left; expected {naive.Orders[i].Open - naive.Orders[i].Used}";
        var newest = await AccountHistory.Entries(store.Database, _purse, count: 1);
        return newest[0].Balance == naive.Purse ? null : $"the purse's history ends with {newest[0].Balance}; expected {naive.Purse}";
    }
}
