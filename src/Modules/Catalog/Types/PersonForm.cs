using System.Text.RegularExpressions;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>The limits of what a type asks of its visitors (人员条件).</summary>
internal static partial class PersonForm
{
    /// <summary>A province, a city of it or a county of that (GB/T 2260).</summary>
    [GeneratedRegex(@"^[1-9]\d(\d{2}){0,2}\z")]
    private static partial Regex Place();

    /// <summary>The terms, in the one form in which they are kept; null where nothing is asked. Wrong fields are noted.</summary>
    public static PersonTerms? Read(PersonTerms? asked, Fields fields)
    {
        if (asked is null) return null;
        fields.Whole("person.ways", asked.Ways);
        if (asked.Ways.Any(w => w is null)) return null;
        fields.Number("person.ways", asked.Ways.Length, 0, PersonTerms.WaysMax);
        for (var n = 0; n < asked.Ways.Length; n++) Check(asked.Ways[n], $"person.ways[{n}]", fields);
        var limit = asked.Limit is null or { PerOrder: null, PerDay: null, PerPeriod: null } ? (PurchaseTerms?)null : asked.Limit.Value;
        if (limit is { } terms) Check(terms, asked.Asks, fields);
        // The same terms are kept in the same words, so that a save without a change is none.
        if (limit is { PerPeriod: null } open) limit = open with { PeriodDays = 0 };
        return asked is { Asks: PersonAsk.Nothing, Ways.Length: 0 } && limit is null ? null : asked with { Limit = limit };
    }

    private static void Check(ConcessionWay way, string field, Fields fields)
    {
        fields.Check(field, way != new ConcessionWay(), "PersonForm.WayAsksNothing");
        if (way.AgeMin is { } youngest) fields.Number($"{field}.ageMin", youngest, 0, PersonTerms.AgeMax);
        if (way.AgeMax is { } oldest) fields.Number($"{field}.ageMax", oldest, Math.Clamp(way.AgeMin ?? 0, 0, PersonTerms.AgeMax), PersonTerms.AgeMax);
        fields.Check($"{field}.residence", way.Residence is null || Place().IsMatch(way.Residence), "PersonForm.Residence");
        if (way.HeightCmMax is { } height) fields.Number($"{field}.heightCmMax", height, PersonTerms.HeightCmMin, PersonTerms.HeightCmMax);
        fields.Check($"{field}.proof", way.Proof is null || PersonTerms.Proofs.Contains(way.Proof), "Field.Choice");
    }

    private static void Check(PurchaseTerms limit, PersonAsk asks, Fields fields)
    {
        // What a number bought cannot be counted where none is written down.
        fields.Check("person.asks", asks != PersonAsk.Nothing, "PersonForm.LimitNeedsNumber");
        Tickets("person.limit.perOrder", limit.PerOrder);
        Tickets("person.limit.perDay", limit.PerDay);
        Tickets("person.limit.perPeriod", limit.PerPeriod);
        if (limit.PerPeriod is not null) fields.Number("person.limit.periodDays", limit.PeriodDays, 1, PersonTerms.PeriodDaysMax);

        void Tickets(string field, int? number)
        {
            if (number is { } tickets) fields.Number(field, tickets, 1, PersonTerms.TicketsMax);
        }
    }
}
