using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>People of one ticket type that a request moves.</summary>
/// <param name="Slot">When the slot begins that they come in; null = they have none.</param>
public readonly record struct PeopleOf(Guid Type, int People, TimeOnly? Slot = null);

/// <summary>
/// What one request takes from the quotas that its types share, or gives back to them. It is named with the other rows of the request, and
/// then taken or freed once.
/// </summary>
public sealed class QuotaDraw
{
    /// <summary>What is counted by itself: a quota on the day, or in a slot of it.</summary>
    private readonly record struct Cell(LoadedQuota Quota, TimeOnly? Slot);

    private readonly QuotaBook _book;
    private readonly int _park;
    private readonly DateOnly _day;
    private readonly PeopleOf[] _lines;
    private ParkQuotas _known = ParkQuotas.None;
    private Cell[] _cells = [];

    internal QuotaDraw(QuotaBook book, int park, DateOnly day, PeopleOf[] lines) => (_book, _park, _day, _lines) = (book, park, day, lines);

    /// <summary>Names the quotas that there are now; a change that comes between is noticed by their head.</summary>
    public void Touch(Touch touch)
    {
        _known = _book.Of(_park);
        touch.Row(QuotaHeadRow.Table, (long)_park);
        _cells = _known.Quotas.Length == 0 ? [] : [.. _known.Quotas.SelectMany(CellsOf)];
        foreach (var cell in _cells)
        {
            touch.Account(cell.Quota.Terms.Counted(_day, cell.Slot));
            touch.Account(cell.Quota.Terms.Uncounted());
        }
    }

    /// <summary>The slot of a line of the request, after it was taken; null where its type is sold without.</summary>
    public TimeSlot? SlotOf(Guid type, TimeOnly? slot) => slot is { } at ? SlottedFor(type)?.Terms.Slots!.Find(at) : null;

    /// <summary>
    /// Takes the places of a sale in every quota of every line, or none: refused with <see cref="CatalogRefusal.QuotaFull"/> by the widest quota
    /// without room, by a slot that is missing, unknown or over, or for a moment with <see cref="CatalogRefusal.QuotasComing"/>.
    /// </summary>
    /// <param name="channel">The channel that sells.</param>
    /// <param name="mayOverbook">超售: limits and what is kept back are passed.</param>
    /// <param name="over">Names the quotas that were passed.</param>
    public Refusal? Take(WriteGroup group, string channel, bool mayOverbook, ICollection<string> over)
    {
        if (Stale(group)) return new(CatalogRefusal.QuotasComing, 503);
        var now = group.LocalTime(_park);
        foreach (var line in _lines)
            if (RefusalOf(line, now) is { } refusal) return refusal;
        if (_cells.Length == 0) return null;
        var states = Array.ConvertAll(_cells, c => c.Quota.StateOf(_day, c.Slot, group.Ledger.Taken(c.Quota.Terms.Counted(_day, c.Slot)), channel, now));
        var asks = new List<PlaceAsk>();
        for (var cell = 0; cell < _cells.Length; cell++)
            for (var line = 0; line < _lines.Length; line++)
                if (Draws(_lines[line], _cells[cell])) asks.Add(new(cell, line, _lines[line].People));
        var outcome = QuotaRoom.Decide(states, [.. asks], mayOverbook);
        if (!outcome.Fits) return new(CatalogRefusal.QuotaFull, 409, _cells[outcome.Quota].Quota.NameOf(_cells[outcome.Quota].Slot), outcome.Room);
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            var people = asks.Where(ask => ask.Quota == cell).Sum(ask => (long)ask.Places);
            if (people > states[cell].Room) over.Add(_cells[cell].Quota.NameOf(_cells[cell].Slot));
            Count(group, _cells[cell], states[cell].Taken, people);
        }
        return null;
    }

    /// <summary>Gives places back: of an order that is over, or a ticket that was returned.</summary>
    /// <returns>A refusal for a moment, where the quotas have just changed.</returns>
    public Refusal? Free(WriteGroup group)
    {
        if (Stale(group)) return new(CatalogRefusal.QuotasComing, 503);
        foreach (var cell in _cells)
        {
            var (counted, people) = (cell.Quota.Terms.Counted(_day, cell.Slot), _lines.Where(l => Draws(l, cell)).Sum(l => (long)l.People));
            // A figure that is too low is the verification's to report; it keeps nobody from getting money back.
            group.Ledger.Move(counted, cell.Quota.Terms.Uncounted(), Math.Min(people, group.Ledger.Taken(counted)), "quota freed");
        }
        return null;
    }

    /// <summary>A quota with slots has a cell for each slot that a line names; a line that names none is refused, and has nothing to give back.</summary>
    private IEnumerable<Cell> CellsOf(LoadedQuota quota)
    {
        var drawing = _lines.Where(line => quota.DrawnOnBy(line.Type, _day));
        return quota.Terms.Slots is null ? drawing.Take(1).Select(_ => new Cell(quota, null))
            : drawing.Select(line => line.Slot).OfType<TimeOnly>().Distinct().Select(slot => new Cell(quota, slot));
    }

    private bool Draws(PeopleOf line, Cell cell) => cell.Quota.DrawnOnBy(line.Type, _day) && (cell.Slot is null || cell.Slot == line.Slot);

    private LoadedQuota? SlottedFor(Guid type) => Array.Find(_known.Quotas, q => q.Terms.Slots is not null && q.DrawnOnBy(type, _day));

    private Refusal? RefusalOf(PeopleOf line, DateTime now)
    {
        if (SlottedFor(line.Type) is not { } quota) return line.Slot is { } none ? new(CatalogRefusal.SlotUnknown, 409, $"{none:HH:mm}") : null;
        if (line.Slot is not { } at) return new(CatalogRefusal.SlotMissing, 409, quota.Terms.Name);
        if (quota.Terms.Slots!.Find(at) is not { } slot) return new(CatalogRefusal.SlotUnknown, 409, $"{at:HH:mm}");
        return _book.IsOver(_park, slot, _day, now) ? new(CatalogRefusal.SlotOver, 409, $"{at:HH:mm}") : null;
    }

    private void Count(WriteGroup group, Cell cell, long taken, long people)
    {
        var terms = cell.Quota.Terms;
        group.Ledger.Move(terms.Uncounted(), terms.Counted(_day, cell.Slot), people, "quota");
        if (cell.Quota.WarnsAt(_day, cell.Slot) is { } warns && taken < warns && taken + people >= warns)
            group.Record(nameof(QuotaReached), terms.Id, new QuotaReached(terms.Id, terms.Name, _day, taken + people, cell.Quota.LimitOn(_day, cell.Slot)!.Value, cell.Slot));
    }

    private bool Stale(WriteGroup group) => (group.Find(QuotaHeadRow.Table, _park)?.Changes ?? 0) != _known.Changes;
}
