using Shanmen.Modules.Parks;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

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
        TimeOnly dawn = new(6, 30), dusk = new(18, 30), night = new(22, 0);
        var day = new TicketTypeTerms(Guid.Empty, sites.Park, 0, "", "", "", Single, "adult", null, "none", null, 1, 1, [sites.Mountain], dawn, dusk, 0, 0, null, "", Active: true);
        var ride = day with { VisitorType = "any", SiteIds = [sites.CableCar], FromTime = new(7, 0), ToTime = new(17, 30) };
        var evening = day with { VisitorType = "any", SiteIds = [sites.Lanterns], FromTime = new(17, 30), ToTime = night };
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
            evening with { Code = "LANTERN", Name = "夜场灯会票", NameEn = "Lantern Night", KeySlot = 6, WeekdayFen = 60_00, HolidayFen = 80_00, DailyQuota = 12_000, Attention = "仅限灯会广场入口" },
            ride with { Code = "CABLE", Name = "索道票", NameEn = "Cable Car", KeySlot = 7, WeekdayFen = 80_00, HolidayFen = 80_00, DailyQuota = 20_000, Attention = "单程上行" },
            day with { Code = "FAMILY", Name = "家庭套票（2 大 1 小）", NameEn = "Family of Three", KeySlot = 8, MinPeople = 3, MaxPeople = 3, WeekdayFen = 120_00, HolidayFen = 143_00, Attention = "两名成人、一名儿童一起入园" },
            day with
            {
                Code = "COMBO", Name = "门票＋索道联票", NameEn = "Park and Cable Car", VisitorType = "any", KeySlot = 9, SiteIds = [sites.Mountain, sites.CableCar],
                WeekdayFen = 230_00, HolidayFen = 260_00, Admission = OnceAtEach(1, sites.Mountain, sites.CableCar), Attention = "门票、索道各一次",
                Sharing = new(160_00, [new(DemoSites.CableCompany, 0, 80_00)]),
            },
            day with
            {
                Code = "COMBO3", Name = "山水灯会通票", NameEn = "All in Two Days", VisitorType = "any", SiteIds = [sites.Mountain, sites.CableCar, sites.Lanterns], ToTime = night,
                WeekdayFen = 280_00, HolidayFen = 330_00, Admission = OnceAtEach(2, sites.Mountain, sites.CableCar, sites.Lanterns), Attention = "两日内门票、索道、灯会各一次",
                Sharing = new(160_00, [new(DemoSites.CableCompany, 0, 80_00), new(DemoSites.LanternTroupe, 30_00, 0)]),
            },
            day with { Code = "TWODAY", Name = "两日票", NameEn = "Two Days", WeekdayFen = 240_00, HolidayFen = 285_00, Admission = For(2) with { PerDay = 1 }, Attention = "两日内每天一次" },
            day with { Code = "DUSK", Name = "夕游票", NameEn = "Late Afternoon", FromTime = new(15, 30), WeekdayFen = 90_00, HolidayFen = 100_00, Attention = "15:30 后入园" },
            day with
            {
                Code = "WORKDAY", Name = "平日票", NameEn = "Weekdays Only", WeekdayFen = 130_00, HolidayFen = 130_00,
                Admission = For(1) with { InAll = 1, NotOn = [DayKind.Weekend, DayKind.Holiday] }, Attention = "周末和法定节假日不可用",
            },
            day with
            {
                Code = "YEAR", Name = "年卡", NameEn = "Annual Pass", Tab = "member", Proof = "idCard", WeekdayFen = 480_00, HolidayFen = 480_00,
                Admission = For(365) with { PerDay = 1, NotOn = [DayKind.Holiday] }, Attention = "核对本人；法定节假日不可用",
            },
            day with
            {
                Code = "SEASON", Name = "季卡", NameEn = "Ninety Days from First Use", Tab = "member", Proof = "idCard", WeekdayFen = 260_00, HolidayFen = 260_00,
                Admission = new(new(ValidityKind.FromFirstUse, 90, 180), 1, null, [], null, [], []), Attention = "核对本人",
            },
            day with { Code = "MEMBER", Name = "会员票", NameEn = "Member", Tab = "member", Proof = "idCard", WeekdayFen = 130_00, HolidayFen = 150_00, Attention = "查验会员卡" },
            ride with { Code = "RETURN", Name = "索道往返票", NameEn = "Cable Car Return", WeekdayFen = 140_00, HolidayFen = 140_00, Admission = For(1) with { InAll = 2 }, Attention = "上行、下行各一次" },
            ride with { Code = "RIDES10", Name = "索道十次卡", NameEn = "Ten Rides", WeekdayFen = 600_00, HolidayFen = 600_00, Admission = For(365) with { InAll = 10 }, Attention = "一年内十次，可多人合用" },
            evening with { Code = "NIGHT3", Name = "灯会家庭票", NameEn = "Lanterns for Three", MinPeople = 3, MaxPeople = 3, WeekdayFen = 50_00, HolidayFen = 66_00, Attention = "三人一起入场" },
            day with
            {
                Code = "NAMED", Name = "实名优惠票", NameEn = "Named Discount", Tab = Discount, Proof = "idCard", WeekdayFen = 100_00, HolidayFen = 120_00,
                Person = new(PersonAsk.NameAndNumber, PersonScope.EveryPerson, [], new(null, 1, null, 0)), Attention = "人证一致方可入园",
            },
            day with { Code = "SOLDIER", Name = "军人票", NameEn = "Serving Soldier", Tab = Discount, Proof = "idCard", Attention = "查验有效军人证件，免费" },
            day with { Code = "DISABLED", Name = "残疾人票", NameEn = "Disabled Visitor", Tab = Discount, Proof = "idCard", Attention = "查验残疾人证，免费" },
            day with { Code = "TEACHER", Name = "教师票", NameEn = "Teacher", Tab = Discount, Proof = "idCard", WeekdayFen = 120_00, HolidayFen = 142_00, Attention = "查验教师资格证" },
            day with { Code = "LOCAL", Name = "本地居民票", NameEn = "Local Resident", Tab = Discount, Proof = "idCard", WeekdayFen = 60_00, HolidayFen = 60_00, Attention = "查验身份证住址" },
            day with
            {
                Code = "SCHOOL", Name = "学生团体票", NameEn = "School Group", Tab = Group, VisitorType = "group", MinPeople = 20, MaxPeople = 500, WeekdayFen = 64_00, HolidayFen = 76_00,
                Attention = "清点人数，由带队老师出示学校证明",
            },
        }.Select(type => type with { Id = Guid.CreateVersion7() });
    }

    /// <summary>Good for some days, as often as one likes.</summary>
    private static AdmissionTerms For(int days) => new(new(ValidityKind.FromVisitDay, days), null, null, [], null, [], []);

    private static AdmissionTerms OnceAtEach(int days, params Guid[] sites) => For(days) with { Sites = [.. sites.Select(site => new SiteEntries(site, null, 1))] };
}
