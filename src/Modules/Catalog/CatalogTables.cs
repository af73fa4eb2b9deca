using System.Globalization;
using System.Text.Json;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog;

/// <summary>Holds a code for one type of a park.</summary>
internal sealed record CodeRow(int Park, string Code, Guid Type)
{
    public static string IdOf(int park, string code) => $"{park}/{code}";
}

internal sealed record NamedDayRow(int Park, NamedDay Day)
{
    public static string IdOf(Guid type, DateOnly day) => $"{type:N}/{BusinessDay.Number(day)}";
}

/// <summary>How the catalogue's tables are read and written.</summary>
internal static class CatalogTables
{
    public static readonly RowTable<Guid, TicketTypeTerms> Types = new("ticket_type",
        "id, park, number, code, name, name_en, tab, visitor_type, key_slot, proof, height_limit, min_people, max_people, sites, from_time, to_time, weekday_fen, holiday_fen, daily_quota, attention, active, sale_terms, admission_terms, person_terms, sharing_terms, return_terms, rebook_terms",
        r => new(r.Id(0), r.Int(1), r.Int(2), r.Text(3), r.Text(4), r.Text(5), r.Text(6), r.Text(7), r.IntOrNull(8), r.Text(9), r.IntOrNull(10), r.Int(11), r.Int(12),
            Ids(r.Text(13)), Time(r, 14), Time(r, 15), r.Long(16), r.Long(17), r.IntOrNull(18), r.Text(19), r.Bool(20),
            Read<SaleTerms>(r, 21), Read<AdmissionTerms>(r, 22), Read<PersonTerms>(r, 23), Read<SharingTerms>(r, 24), Read<ReturnTerms>(r, 25), Read<ReturnTerms>(r, 26)),
        t => [t.Id, t.Park, t.Number, t.Code, t.Name, t.NameEn, t.Tab, t.VisitorType, t.KeySlot, t.Proof, t.HeightLimitCm, t.MinPeople, t.MaxPeople,
            string.Join(',', t.SiteIds), Text(t.FromTime), Text(t.ToTime), t.WeekdayFen, t.HolidayFen, t.DailyQuota, t.Attention, t.Active,
            Text(t.Sale), Text(t.Admission), Text(t.Person), Text(t.Sharing), Text(t.Returns), Text(t.Rebooking)], settled: true);

    public static readonly RowTable<string, CodeRow> Codes = new("ticket_type_code", "id, park, type",
        r => new(r.Int(1), r.Text(0)[(r.Text(0).IndexOf('/') + 1)..], r.Id(2)), c => [CodeRow.IdOf(c.Park, c.Code), c.Park, c.Type]);

    public static readonly RowTable<string, NamedDayRow> Days = new("named_day", "id, park, type, day, price_fen, quota, unlimited",
        r => new(r.Int(1), new(r.Id(2), BusinessDay.FromNumber(r.Int(3)), r.LongOrNull(4), r.IntOrNull(5), r.Bool(6))),
        d => [NamedDayRow.IdOf(d.Day.TypeId, d.Day.Day), d.Park, d.Day.TypeId, BusinessDay.Number(d.Day.Day), d.Day.PriceFen, d.Day.Quota, d.Day.Unlimited], settled: true);

    private static T? Read<T>(Row row, int column) where T : class => row.TextOrNull(column) is { } text ? JsonSerializer.Deserialize<T>(text, Json.Options) : null;
    private static string? Text<T>(T? part) where T : class => part is null ? null : JsonSerializer.Serialize(part, Json.Options);
    private static Guid[] Ids(string stored) => [.. stored.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];
    private static TimeOnly Time(Row row, int column) => TimeOnly.ParseExact(row.Text(column), "HH:mm", CultureInfo.InvariantCulture);
    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
