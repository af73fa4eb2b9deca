using Shanmen.Modules.Catalog;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>Why visitors are not taken as they were named. The list is closed.</summary>
internal enum VisitorRefusal
{
    /// <summary>The type asks for another number of visitors.</summary>
    CountDiffers,

    /// <summary>The type asks for nobody, so nothing of anybody is kept.</summary>
    NotAsked,

    /// <summary>The type asks for the name.</summary>
    NameMissing,

    /// <summary>The type asks for the identity number.</summary>
    NumberMissing,
}

/// <summary>The visitors of a sale: decided by the terms of their types, kept with the order, counted for their numbers.</summary>
internal sealed class NamedOnSale(SellTickets.Request request, NamedVisitor[] named)
{
    public void Touch(Touch touch) => Purchases.Touch(touch, named.Select(v => v.Row));

    /// <summary>
    /// The first reason in this order: how many are named, name and number, the concession, and then how many a number buys. Visitors are
    /// asked as they were named.
    /// </summary>
    public Refusal? RefusalOf(WriteGroup group, IReadOnlyDictionary<Guid, Offer> offers, DateOnly today)
    {
        for (var line = 0; line < request.Lines.Length; line++)
        {
            var (asked, type) = (request.Lines[line], offers[request.Lines[line].TypeId].Type);
            var given = asked.Visitors?.Length ?? 0;
            if (type.Person is not { } terms)
            {
                if (given > 0) return new(VisitorRefusal.NotAsked, 409, type.Name) { Field = $"lines[{line}].visitors" };
                continue;
            }
            var needed = terms.VisitorsOf(asked.Quantity, asked.People);
            if (given != needed) return new(VisitorRefusal.CountDiffers, 422, type.Name, needed, given) { Field = $"lines[{line}].visitors" };
            foreach (var visitor in named)
                if (visitor.Row.Line == line && RefusalOf(terms, type.Name, visitor) is { } refused) return refused;
        }
        return RefusedByLimit(group, offers, today);
    }

    /// <summary>What the terms ask for, and nothing else that was sent: what nobody asked for is not kept.</summary>
    private static VisitorRow Asked(PersonTerms terms, NamedVisitor visitor) => visitor.Row with
    {
        Name = terms.Asks == PersonAsk.NameAndNumber ? visitor.Row.Name : [],
        IdNumber = terms.AsksNumber() ? visitor.Row.IdNumber : [],
        IdHash = terms.AsksNumber() ? visitor.Row.IdHash : [],
        HeightCm = terms.Ways.Any(way => way.HeightCmMax is not null) ? visitor.Row.HeightCm : null,
        Proofs = string.Join(',', visitor.Seen.Proofs.Where(proof => terms.Ways.Any(way => way.Proof == proof)).Distinct().Order(StringComparer.Ordinal)),
    };

    private Refusal? RefusalOf(PersonTerms terms, string type, NamedVisitor visitor)
    {
        if (terms.Asks == PersonAsk.NameAndNumber && visitor.NamedAs.Length == 0)
            return new(VisitorRefusal.NameMissing, 422, visitor.Number, visitor.Masked, type) { Field = visitor.Field("name") };
        if (terms.Asks != PersonAsk.Nothing && visitor.Seen.Number is null)
            return new(VisitorRefusal.NumberMissing, 422, visitor.Number, visitor.Masked, type) { Field = visitor.Field("idNumber") };
        var refusal = Concession.Decide(terms.Ways, visitor.Seen, request.VisitDay);
        if (refusal == ConcessionRefusal.None) return null;
        var part = refusal switch { ConcessionRefusal.TooTall => "heightCm", ConcessionRefusal.ProofMissing => "proofs", _ => "idNumber" };
        return new(refusal, 422, visitor.Number, visitor.Masked, type) { Field = visitor.Field(part) };
    }

    private Refusal? RefusedByLimit(WriteGroup group, IReadOnlyDictionary<Guid, Offer> offers, DateOnly today)
    {
        var asked = new Dictionary<Guid, int>();
        foreach (var visitor in named)
        {
            var type = offers[visitor.Row.Type].Type;
            if (type.Person?.Limit is not { } limit) continue;
            var (key, hasNumber) = (visitor.Row.HasNumber() ? BoughtRow.IdOf(type.Id, visitor.Row.IdHash) : Guid.Empty, visitor.Row.HasNumber());
            var count = asked[key] = asked.GetValueOrDefault(key) + 1;
            var bought = hasNumber && group.Find(BoughtRow.Table, key) is { } row ? row.Count().For(request.VisitDay, today, limit.PeriodDays) : default;
            var refusal = PurchaseLimit.Decide(limit, hasNumber, bought, count);
            if (refusal == PurchaseRefusal.None) continue;
            var (bound, before) = refusal switch
            {
                PurchaseRefusal.TooManyForDay => (limit.PerDay, bought.ForDay),
                PurchaseRefusal.TooManyInPeriod => (limit.PerPeriod, bought.InPeriod),
                _ => (limit.PerOrder, 0),
            };
            return new(refusal, 409, visitor.Number, visitor.Masked, type.Name, bound ?? 0, before, limit.PeriodDays) { Field = visitor.Field("idNumber") };
        }
        return null;
    }

    /// <summary>Keeps and counts them with the order that was decided.</summary>
    /// <param name="papers">The tickets that are issued with it; none while it is unpaid.</param>
    public VisitorRow[] Keep(WriteGroup group, int park, Guid order, IReadOnlyDictionary<Guid, Offer> offers, DateOnly today, IReadOnlyList<Paper> papers)
    {
        if (named.Length == 0) return [];
        var rows = OrderVisitors.OnTickets([.. named.Select(v => Asked(offers[v.Row.Type].Type.Person!, v) with { SoldDay = BusinessDay.Number(today) })], papers);
        foreach (var row in rows) group.Put(VisitorRow.Table, row);
        Purchases.Count(group, park, rows, 1);
        group.Record(nameof(VisitorsNamed), order, VisitorsNamed.Of(order, rows));
        return rows;
    }
}
