using System.Text.Json;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement.DayClose;

/// <summary>The step that takes the day out of use, or takes over an attempt that somebody else began.</summary>
internal sealed class BeginClose(WriteContext ctx, DateOnly day, Guid attempt) : IWrite
{
    private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();

    public void Touch(Touch touch)
    {
        _parks.TouchDay(touch, ctx.Park, day);
        touch.Row(SheetRow.Table, SheetRow.IdOf(ctx.Park, day));
    }

    public Outcome Decide(WriteGroup group)
    {
        var state = _parks.StateOf(group, ctx.Park, day);
        if (state == DayState.Closed) return Outcome.Refused(SettlementRefusal.AlreadyClosed, 409, CloseDay.Shown(day));
        group.Put(SheetRow.Table, SheetRow.Attempted(ctx.Park, day, attempt));
        group.Record(nameof(DayCloseBegun), attempt, new DayCloseBegun(day, attempt));
        if (state == DayState.Open) _parks.SetDay(group, ctx.Park, day, DayState.Closing, ctx.Principal.Id);
        return Outcome.Done(null);
    }
}

/// <summary>The step that opens the day again after a failed check, unless a newer attempt has it.</summary>
internal sealed class GiveUpClose(WriteContext ctx, DateOnly day, Guid attempt, string reason, long differenceFen) : IWrite
{
    private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();

    public void Touch(Touch touch)
    {
        _parks.TouchDay(touch, ctx.Park, day);
        touch.Row(SheetRow.Table, SheetRow.IdOf(ctx.Park, day));
    }

    public Outcome Decide(WriteGroup group)
    {
        var mine = group.Find(SheetRow.Table, SheetRow.IdOf(ctx.Park, day))?.IsAttempt(attempt) == true;
        if (!mine || _parks.StateOf(group, ctx.Park, day) != DayState.Closing) return Outcome.Done(null);
        group.Record(nameof(DayCloseGivenUp), attempt, new DayCloseGivenUp(day, attempt, reason, differenceFen));
        _parks.SetDay(group, ctx.Park, day, DayState.Open, ctx.Principal.Id);
        return Outcome.Done(null);
    }
}

/// <summary>The step that stores the sheet with its seal and closes the day.</summary>
internal sealed class SealDay(WriteContext ctx, DateOnly day, Guid attempt) : IWrite
{
    private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
    private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();
    private readonly KeyRing _keys = ctx.Get<KeyRing>();
    private readonly Texts _texts = ctx.Get<Texts>();
    private readonly bool _english = Texts.WantsEnglish(ctx.Http);

    public Guid Attempt => attempt;
    /// <summary>The counted sheet; null when the day was closed already before it was counted.</summary>
    public StoredSheet? Sheet { get; set; }
    public LaneHead[] Heads { get; set; } = [];

    public void Touch(Touch touch)
    {
        _parks.TouchDay(touch, ctx.Park, day);
        touch.Row(SheetRow.Table, SheetRow.IdOf(ctx.Park, day));
        _keeper.TouchInside(touch, ctx.Park);
        foreach (var account in Sheet?.Ledger ?? []) touch.Whole(DayBooks.AccountOf(ctx.Park, account.Account));
    }

    public Outcome Decide(WriteGroup group)
    {
        var state = _parks.StateOf(group, ctx.Park, day);
        if (state == DayState.Closed) return Outcome.Refused(SettlementRefusal.AlreadyClosed, 409, CloseDay.Shown(day));
        var mine = group.Find(SheetRow.Table, SheetRow.IdOf(ctx.Park, day))?.IsAttempt(attempt) == true;
        if (Sheet is null || !mine || state != DayState.Closing) return Outcome.Refused(SettlementRefusal.CloseTakenOver, 409);
        if (Sheet.Ledger.Any(a => group.Ledger.Balance(DayBooks.AccountOf(ctx.Park, a.Account)) != a.Balance)) return Outcome.Refused(SettlementRefusal.BooksMoved, 409);

        // People of another day are not this day's to count out.
        var countedOut = day == group.BusinessDay(ctx.Park) ? _keeper.EmptyAt(group, ctx.Park) : 0;
        var sheet = Sheet with { ClosedAt = group.Now };
        var (text, heads, root) = (sheet.ToText(), JsonSerializer.Serialize(Heads, Json.Options), DaySeal.RootOf(Heads));
        var seal = DaySeal.Of(_keys, ctx.Park, BusinessDay.Number(day), text, root);
        group.Put(SheetRow.Table, new SheetRow(ctx.Park, day, text, heads, root, seal));
        _parks.SetDay(group, ctx.Park, day, DayState.Closed, ctx.Principal.Id);
        group.Record(nameof(DayClosed), attempt, new DayClosed(day, attempt, text, heads, root, seal, countedOut));
        return Outcome.Done(sheet.Show(root, seal, _texts, _english));
    }
}
