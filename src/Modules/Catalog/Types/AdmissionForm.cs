using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog;

/// <summary>The limits of a type's terms of admission (入园条款).</summary>
internal static class AdmissionForm
{
    /// <summary>The terms, in the one form in which they are kept. Wrong fields are noted.</summary>
    /// <param name="sites">The sites at which the type admits.</param>
    public static AdmissionTerms? Read(AdmissionTerms? asked, Fields fields, Guid[] sites)
    {
        if (asked is null) return null;
        fields.Whole("admission.sites", asked.Sites);
        fields.Whole("admission.blackout", asked.Blackout);
        if (asked.Sites.Any(s => s is null) || asked.Blackout.Any(r => r is null)) return null;
        Check(asked.Validity, fields);
        Entries("admission.perDay", asked.PerDay);
        Entries("admission.inAll", asked.InAll);
        fields.Check("admission.sites", asked.Sites.All(s => sites.Contains(s.SiteId)) && asked.Sites.DistinctBy(s => s.SiteId).Count() == asked.Sites.Length, "Field.Unknown");
        foreach (var site in asked.Sites)
        {
            Entries("admission.sites.perDay", site.PerDay);
            Entries("admission.sites.inAll", site.InAll);
        }
        if (asked.IntervalMinutes is { } minutes) fields.Number("admission.intervalMinutes", minutes, 1, AdmissionTerms.IntervalMax);
        fields.Number("admission.blackout", asked.Blackout.Length, 0, AdmissionTerms.BlackoutMax);
        fields.Check("admission.blackout", asked.Blackout.All(r => BusinessDay.IsKnown(r.From) && BusinessDay.IsKnown(r.To) && r.From <= r.To && r.To.DayNumber - r.From.DayNumber < Validity.DaysMax), "Field.Order");
        // The same terms are kept in the same words, so that a save without a change is none.
        return asked with
        {
            Sites = [.. asked.Sites.Where(s => s.PerDay is not null || s.InAll is not null).OrderBy(s => Array.IndexOf(sites, s.SiteId))],
            NotOn = [.. asked.NotOn.Distinct().Order()], Blackout = [.. asked.Blackout.Distinct().OrderBy(r => r.From).ThenBy(r => r.To)],
        };

        void Entries(string field, int? number)
        {
            if (number is { } entries) fields.Number(field, entries, 1, AdmissionTerms.EntriesMax);
        }
    }

    private static void Check(Validity validity, Fields fields)
    {
        var isSeason = validity.Kind == ValidityKind.Fixed;
        if (isSeason)
            fields.Check("admission.validity.to", validity is { From: { } from, To: { } to } && BusinessDay.IsKnown(from) && BusinessDay.IsKnown(to) && from <= to && to.DayNumber - from.DayNumber < Validity.DaysMax, "Field.Order");
        else
            fields.Number("admission.validity.days", validity.Days ?? 0, 1, Validity.DaysMax);
        if (validity.Kind == ValidityKind.FromFirstUse) fields.Number("admission.validity.startWithin", validity.StartWithin ?? 0, 1, Validity.DaysMax);
        fields.Check("admission.validity.kind", isSeason == validity.Days is null && isSeason == validity.From is not null && isSeason == validity.To is not null
            && validity.Kind == ValidityKind.FromFirstUse == validity.StartWithin is not null, "Field.Choice");
    }
}
