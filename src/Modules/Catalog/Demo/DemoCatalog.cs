using Shanmen.Modules.Parks;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Catalog;

/// <summary>Fills the demo park's catalogue. Prices and quotas are invented, but of the order that large mountain parks publish.</summary>
public sealed class DemoCatalog(WriteQueue queue, PriceBook book)
{
    private const string Single = "single", Discount = "discount", Group = "group";

    /// <summary>Writes the ticket types through the same write as the office.</summary>
    /// <exception cref="InvalidOperationException">A type could not be written.</exception>
    public async Task Fill(DemoSites sites)
    {
        var park = sites.Park;
        foreach (var type in Types(sites))
        {
            var answer = await queue.Send(WriteKey.Own(park, Guid.CreateVersion7()), new SaveTicketType.Write(type, SaveTicketType.FreeNumbers(book.Types(park)), book));
            if (answer.Refusal is { } refusal) throw new InvalidOperationException($"The demo catalogue could not be written: {refusal.Reason}.");
        }
    }

    private static IEnumerable<TicketTypeTerms> Types(DemoSites sites)
    {
        TimeOnly dawn = new(6, 30), dusk = new(18, 30);
        var day = new TicketTypeTerms(Guid.Empty, sites.Park, 0, "", "", "", Single, "adult", null, "none", null, 1, 1, [sites.Mountain], dawn, dusk, 0, 0, null, "", Active: true);
        return new[]
        {
            day with { Code = "ADULT", Name = "成人票", NameEn = "Adult", KeySlot = 1, WeekdayFen = 160_00, HolidayFen = 190_00, DailyQuota = 45_000 },
            day with
            {
                Code = "CHILD", Name = "儿童票", NameEn = "Child", Tab = Discount, VisitorType = "child", KeySlot = 2, Proof = "height", HeightLimitCm = 140,
                WeekdayFen = 80_00, HolidayFen = 95_00, DailyQuota = 8_000, Attention = "量身高：不超过 1.4 米",
            },
            day with
            {
                Code = "STUDENT", Name = "学生票", NameEn = "Student", Tab = Discount, VisitorType = "student", KeySlot = 3, Proof = "studentCard",
                WeekdayFen = 80_00, HolidayFen = 95_00, DailyQuota = 10_000, Attention = "查验学生证原件",
            },
            day with
            {
                Code = "SENIOR", Name = "老年票", NameEn = "Senior", Tab = Discount, VisitorType = "senior", KeySlot = 4, Proof = "idCard",
                WeekdayFen = 80_00, HolidayFen = 95_00, DailyQuota = 8_000, Attention = "查验身份证：年满 60 周岁",
            },
            day with
            {
                Code = "GROUP", Name = "团体票", NameEn = "Group", Tab = Group, VisitorType = "group", KeySlot = 5, MinPeople = 10, MaxPeople = 500,
                WeekdayFen = 128_00, HolidayFen = 152_00, DailyQuota = 12_000, Attention = "清点人数，全团一票",
            },
            day with
            {
                Code = "LANTERN", Name = "夜场灯会票", NameEn = "Lantern Night", VisitorType = "any", KeySlot = 6, SiteIds = [sites.Lanterns],
                FromTime = new(17, 30), ToTime = new(22, 0), WeekdayFen = 60_00, HolidayFen = 80_00, DailyQuota = 12_000, Attention = "仅限灯会广场入口",
            },
            day with
            {
                Code = "CABLE", Name = "索道票", NameEn = "Cable Car", VisitorType = "any", KeySlot = 7, SiteIds = [sites.CableCar],
                FromTime = new(7, 0), ToTime = new(17, 30), WeekdayFen = 80_00, HolidayFen = 80_00, DailyQuota = 20_000, Attention = "单程上行",
            },
        }.Select(type => type with { Id = Guid.CreateVersion7() });
    }
}
