using System.Text.RegularExpressions;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>A ticket type as the office sends it; the id is in the address.</summary>
/// <param name="Tab">A code of the dictionary: built in are single, group, discount, external and member.</param>
/// <param name="VisitorType">A code of the dictionary: built in are adult, child, student, senior, group and any.</param>
/// <param name="Proof">A code of the dictionary: built in are none, idCard, studentCard and height.</param>
public sealed record TicketTypeRequest(string Code, string Name, string NameEn, string Tab, string VisitorType, int? KeySlot, string Proof,
    int? HeightLimitCm, int MinPeople, int MaxPeople, Guid[] SiteIds, TimeOnly FromTime, TimeOnly ToTime, long WeekdayFen, long HolidayFen,
    int? DailyQuota, string Attention, bool Active, SaleTerms? Sale = null, AdmissionTerms? Admission = null, PersonTerms? Person = null, SharingTerms? Sharing = null, ReturnTerms? Returns = null, ReturnTerms? Rebooking = null);

/// <summary>A ticket type as the office sees it.</summary>
/// <param name="Tab">A code of the dictionary.</param>
/// <param name="VisitorType">A code of the dictionary.</param>
/// <param name="Proof">A code of the dictionary.</param>
public sealed record TicketTypeAnswer(Guid Id, string Code, string Name, string NameEn, string Tab, string VisitorType, int? KeySlot, string Proof,
    int? HeightLimitCm, int MinPeople, int MaxPeople, Guid[] SiteIds, TimeOnly FromTime, TimeOnly ToTime, long WeekdayFen, long HolidayFen,
    int? DailyQuota, string Attention, bool Active, SaleTerms? Sale, AdmissionTerms? Admission, PersonTerms? Person, SharingTerms? Sharing, ReturnTerms? Returns, ReturnTerms? Rebooking)
{
    internal static TicketTypeAnswer Of(TicketTypeTerms t) => new(t.Id, t.Code, t.Name, t.NameEn, t.Tab, t.VisitorType, t.KeySlot, t.Proof, t.HeightLimitCm,
        t.MinPeople, t.MaxPeople, t.SiteIds, t.FromTime, t.ToTime, t.WeekdayFen, t.HolidayFen, t.DailyQuota, t.Attention, t.Active, t.Sale, t.Admission, t.Person, t.Sharing, t.Returns, t.Rebooking);
}

/// <summary>The limits of a ticket type's fields.</summary>
internal static partial class TicketTypeForm
{
    public const long PriceFenMax = OrderLimits.TotalFenMax;
    public const int QuotaMax = 1_000_000;
    private const int SitesMax = 50;

    [GeneratedRegex(@"^[A-Z0-9]{1,8}\z")]
    private static partial Regex Code();

    /// <summary>The terms that the request asks for; wrong fields are noted in <paramref name="fields"/>.</summary>
    /// <param name="before">The type as it is; null for a new one.</param>
    public static TicketTypeTerms Read(TicketTypeRequest request, Fields fields, ParkSnapshot park, Guid id, TypeWords words, TicketTypeTerms? before)
    {
        var code = request.Code.Trim().ToUpperInvariant();
        fields.Check("code", Code().IsMatch(code), "Field.Code");
        words.Check(fields, request, before);
        if (request.KeySlot is { } slot) fields.Number("keySlot", slot, 1, 9);
        // A height to show needs a height to compare with, and the other way round it would mislead the gate.
        if (request.Proof == "height") fields.Number("heightLimitCm", request.HeightLimitCm ?? 0, 50, 250);
        fields.Number("minPeople", request.MinPeople, 1, OrderLimits.PeopleMax);
        fields.Number("maxPeople", request.MaxPeople, Math.Clamp(request.MinPeople, 1, OrderLimits.PeopleMax), OrderLimits.PeopleMax);
        var sites = request.SiteIds.Distinct().ToArray();
        fields.Check("siteIds", sites.Length is > 0 and <= SitesMax && sites.All(park.Sites.ContainsKey), "Field.Unknown");
        fields.Check("toTime", request.FromTime != request.ToTime, "Field.Order");
        fields.Number("weekdayFen", request.WeekdayFen, 0, PriceFenMax);
        fields.Number("holidayFen", request.HolidayFen, 0, PriceFenMax);
        if (request.DailyQuota is { } quota) fields.Number("dailyQuota", quota, 0, QuotaMax);
        return new TicketTypeTerms(id, park.Park, 0, code, fields.Text("name", request.Name, 1, 40), fields.Text("nameEn", request.NameEn, 0, 80),
            request.Tab, request.VisitorType, request.KeySlot, request.Proof, request.Proof == "height" ? request.HeightLimitCm : null,
            request.MinPeople, request.MaxPeople, sites, request.FromTime, request.ToTime, request.WeekdayFen, request.HolidayFen,
            request.DailyQuota, fields.Text("attention", request.Attention, 0, 200), request.Active, SaleForm.Read(request.Sale, fields, park), AdmissionForm.Read(request.Admission, fields, sites),
            PersonForm.Read(request.Person, fields), SharingForm.Read(request.Sharing, fields, request.Sale), ReturnForm.Read(request.Returns, fields, request.Sale, "returns"),
            ReturnForm.Read(request.Rebooking, fields, request.Sale, "rebooking"));
    }
}
