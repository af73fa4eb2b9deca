using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Ledger;

/// <summary>
/// The holds of one group (占用): opened within the limits of both accounts, and ended once. Whoever ends a hold names its rows
/// with <see cref="HoldRow.Touch"/>; whoever opens one names both accounts and the hold's row.
/// </summary>
public sealed class HoldSheet
{
    private readonly WriteGroup _group;
    private readonly LedgerSheet _ledger;
    internal HoldSheet(WriteGroup group, LedgerSheet ledger) => (_group, _ledger) = (group, ledger);

    /// <summary>The hold as it stands, or null.</summary>
    public HoldRow? Find(Guid id) => _group.Find(HoldRow.Table, id);

    /// <summary>
    /// Reserves an amount. Outside the limits, or under an id that is taken, it is a bug of the caller, who asks
    /// <see cref="LedgerSheet.Allows"/> and <see cref="Find"/> first: it throws, and the request leaves nothing.
    /// </summary>
    /// <param name="until">Up to when it may be posted; the platform ends it then. Null when the caller ends it together with what it belongs to.</param>
    public void Open(Guid id, Account from, Account to, long amount, string what, DateTimeOffset? until = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        if (until < _group.Now) throw new ArgumentOutOfRangeException(nameof(until), "A hold ends after it begins.");
        if (Find(id) is not null) throw new InvalidOperationException($"There is a hold {id} already.");
        _ledger.MustAllow(from, to, amount);
        var source = _ledger.Row(from);
        _group.Put(LedgerTables.Accounts, source with { Leaving = source.Leaving + amount });
        var target = _ledger.Row(to);
        _group.Put(LedgerTables.Accounts, target with { Coming = target.Coming + amount });
        var hold = new HoldRow(id, source.Park, source.Id, target.Id, amount, from.Unit, what, until?.Micros(), Phase.Held, 0);
        _group.Put(HoldRow.Table, hold);
        Note(hold, amount, hold.Until);
    }

    /// <summary>Makes the hold final. No limit is asked: room was taken when it was opened.</summary>
    /// <param name="amount">How much of it; null for all. The rest is free.</param>
    public HoldRefusal Post(Guid id, long? amount = null)
    {
        if (amount is { } part) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(part, nameof(amount));
        if (RefusalOf(id, out var hold) is not HoldRefusal.None and var refusal) return refusal;
        if (hold.Until < _group.Now.Micros()) return HoldRefusal.HoldTimedOut;
        if (amount > hold.Amount) return HoldRefusal.LessIsHeld;
        End(hold with { State = Phase.Posted, Posted = amount ?? hold.Amount }, amount ?? hold.Amount);
        return HoldRefusal.None;
    }

    /// <summary>Gives the hold up.</summary>
    public HoldRefusal Void(Guid id)
    {
        if (RefusalOf(id, out var hold) is not HoldRefusal.None and var refusal) return refusal;
        End(hold with { State = Phase.Voided }, hold.Amount);
        return HoldRefusal.None;
    }

    /// <summary>Ends a hold whose time ran out: its own moment, or that of what it belongs to, which the caller has asked.</summary>
    public HoldRefusal TimeOut(Guid id)
    {
        if (RefusalOf(id, out var hold) is not HoldRefusal.None and var refusal) return refusal;
        if (hold.Until >= _group.Now.Micros()) return HoldRefusal.HoldStands;
        End(hold with { State = Phase.TimedOut }, hold.Amount);
        return HoldRefusal.None;
    }

    private HoldRefusal RefusalOf(Guid id, out HoldRow hold)
    {
        hold = Find(id)!;
        return hold?.State switch
        {
            null => HoldRefusal.HoldUnknown,
            Phase.Held => HoldRefusal.None,
            Phase.Posted => HoldRefusal.HoldPosted,
            Phase.Voided => HoldRefusal.HoldVoided,
            Phase.TimedOut => HoldRefusal.HoldTimedOut,
            _ => throw new InvalidOperationException($"Hold {id} has no state {hold.State}."),
        };
    }

    private void End(HoldRow hold, long amount)
    {
        var source = AccountOf(hold.Source);
        _ledger.Put(source with { Balance = source.Balance - hold.Posted, Leaving = source.Leaving - hold.Amount }, -hold.Posted);
        var target = AccountOf(hold.Target);
        _ledger.Put(target with { Balance = target.Balance + hold.Posted, Coming = target.Coming - hold.Amount }, hold.Posted);
        _group.Put(HoldRow.Table, hold);
        Note(hold, amount, until: null);
    }

    private AccountRow AccountOf(long id) => _group.Find(LedgerTables.Accounts, id) ?? throw new InvalidOperationException($"Account {id} of a hold is gone.");

    private void Note(HoldRow hold, long amount, long? until) => _group.Current.Transfers.Add(
        new Transfer(hold.Source, hold.Target, amount, hold.Unit, hold.What) { Phase = hold.State, Hold = hold.Id, Until = until });
}
