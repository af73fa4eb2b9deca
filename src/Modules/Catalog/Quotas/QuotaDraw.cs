using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>People of one ticket type that a request moves.</summary>
public readonly record struct PeopleOf(Guid Type, int People);

/// <summary>
/// What one request takes from the quotas that its types share, or gives back to them. It is named with the other rows of the request, and
/// then taken or freed once.
/// </summary>
public sealed class QuotaDraw
{
    private readonly QuotaBook _book;
    private readonly int _park;
    private readonly DateOnly _day;
    private readonly Guid[] _types;
    private ParkQuotas _known = ParkQuotas.None;
    private LoadedQuota[] _quotas = [];

    internal QuotaDraw(QuotaBook book, int park, DateOnly day, Guid[] types) => (_book, _park, _day, _types) = (book, park, day, types);

    /// <summary>Names the quotas that there are now; a change that comes between is noticed by their head.</summary>
    public void Touch(Touch touch)
    {
        _known = _book.Of(_park);
        _quotas = Array.FindAll(_known.Quotas, q => Array.Exists(_types, type => q.DrawnOnBy(type, _day)));
        touch.Row(QuotaHeadRow.Table, (long)_park);
        foreach (var quota in _quotas)
        {
            touch.Account(quota.Terms.Counted(_day));
            touch.Account(quota.Terms.Uncounted());
        }
    }

    /// <summary>
    /// Takes the places of a sale in every quota of every line, or none: refused with <see cref="CatalogRefusal.QuotaFull"/> by the widest quota
    /// without room, or for a moment with <see cref="CatalogRefusal.QuotasComing"/>.
    /// </summary>
    /// <param name="channel">The channel that sells.</param>
    /// <param name="mayOverbook">超售: limits and what is kept back are passed.</param>
    /// <param name="over">Names the quotas that were passed.</param>
    public Refusal? Take(WriteGroup group, IReadOnlyList<PeopleOf> lines, string channel, bool mayOverbook, ICollection<string> over)
    {
        if (Stale(group)) return new(CatalogRefusal.QuotasComing, 503);
        if (_quotas.Length == 0) return null;
        var now = group.LocalTime(_park);
        var states = Array.ConvertAll(_quotas, q => q.StateOf(_day, group.Ledger.Taken(q.Terms.Counted(_day)), channel, now));
        var asks = new List<PlaceAsk>();
        for (var quota = 0; quota < _quotas.Length; quota++)
            for (var line = 0; line < lines.Count; line++)
                if (_quotas[quota].DrawnOnBy(lines[line].Type, _day)) asks.Add(new(quota, line, lines[line].People));
        var outcome = QuotaRoom.Decide(states, [.. asks], mayOverbook);
        if (!outcome.Fits) return new(CatalogRefusal.QuotaFull, 409, _quotas[outcome.Quota].Terms.Name, outcome.Room);
        for (var quota = 0; quota < _quotas.Length; quota++)
        {
            var people = asks.Where(ask => ask.Quota == quota).Sum(ask => (long)ask.Places);
            if (people > states[quota].Room) over.Add(_quotas[quota].Terms.Name);
            Count(group, _quotas[quota], states[quota].Taken, people);
        }
        return null;
    }

    /// <summary>Gives places back: of an order that is over, or a ticket that was returned.</summary>
    /// <returns>A refusal for a moment, where the quotas have just changed.</returns>
    public Refusal? Free(WriteGroup group, IReadOnlyList<PeopleOf> lines)
    {
        if (Stale(group)) return new(CatalogRefusal.QuotasComing, 503);
        foreach (var quota in _quotas)
        {
            var (counted, people) = (quota.Terms.Counted(_day), lines.Where(l => quota.DrawnOnBy(l.Type, _day)).Sum(l => (long)l.People));
            // A figure that is too low is the verification's to report; it keeps nobody from getting money back.
            group.Ledger.Move(counted, quota.Terms.Uncounted(), Math.Min(people, group.Ledger.Taken(counted)), "quota freed");
        }
        return null;
    }

    private void Count(WriteGroup group, LoadedQuota quota, long taken, long people)
    {
        group.Ledger.Move(quota.Terms.Uncounted(), quota.Terms.Counted(_day), people, "quota");
        if (quota.WarnsAt(_day) is { } warns && taken < warns && taken + people >= warns)
            group.Record(nameof(QuotaReached), quota.Terms.Id, new QuotaReached(quota.Terms.Id, quota.Terms.Name, _day, taken + people, quota.LimitOn(_day)!.Value));
    }

    private bool Stale(WriteGroup group) => (group.Find(QuotaHeadRow.Table, _park)?.Changes ?? 0) != _known.Changes;
}
