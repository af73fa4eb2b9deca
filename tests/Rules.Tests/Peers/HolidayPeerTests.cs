using System.Globalization;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Peers;

/// <summary>Holidays and make-up working days beside the npm package chinese-days: every day of every year whose notice is known here.</summary>
public class HolidayPeerTests
{
    // The notice of the first year makes up for a day on the last of the year before.
    private static readonly DateOnly First = new(ChineseHolidays.FirstYear - 1, 12, 31), Last = new(ChineseHolidays.LastYear, 12, 31);

    // All are days of a weekend that follow the notice here: it takes 2012-06-23 and 2015-09-05 into the days off, and says of the others no more
    // than that they lie beside one (与周末连休). They are free for both, but a holiday's price is another than a weekend's.
    private static readonly string[] Known =
    [
        "2012-06-23: Holiday, 端午节; the peer: free, -", "2014-04-06: Weekend, -; the peer: free, 清明",
        "2015-09-05: Holiday, 抗日战争暨世界反法西斯战争胜利70周年纪念日; the peer: free, -",
        "2019-04-06: Weekend, -; the peer: free, 清明", "2019-04-07: Weekend, -; the peer: free, 清明", "2019-06-08: Weekend, -; the peer: free, 端午",
        "2019-06-09: Weekend, -; the peer: free, 端午", "2019-09-14: Weekend, -; the peer: free, 中秋", "2019-09-15: Weekend, -; the peer: free, 中秋",
    ];

    private sealed record Told(DateOnly Day, bool IsWork, string? Holiday);

    [Fact]
    public async Task Every_day_is_of_the_kind_and_the_holiday_that_the_peer_says_but_for_nine()
    {
        var told = await Ask();
        Assert.Equal(Last.DayNumber - First.DayNumber + 1, told.Length);
        Assert.Equal(Known, Differences(told, ChineseHolidays.KindOf, ChineseHolidays.NameOf));
    }

    [Fact]
    public async Task A_day_that_is_wrong_here_is_found_alone()
    {
        var told = await Ask();
        DateOnly wrong = new(2026, 10, 10), named = new(2020, 6, 28);
        Assert.Equal([.. Known, $"{wrong:O}: Weekend, 国庆节; the peer: work, 国庆节"],
            Differences(told, day => day == wrong ? DayKind.Weekend : ChineseHolidays.KindOf(day), ChineseHolidays.NameOf));
        Assert.Equal([$"{named:O}: Workday, 中秋节; the peer: work, 端午"],
            Differences([.. told.Where(t => t.Day.Year == 2020)], ChineseHolidays.KindOf, day => day == named ? "中秋节" : ChineseHolidays.NameOf(day)));
    }

    private static string[] Differences(Told[] told, Func<DateOnly, DayKind> kindOf, Func<DateOnly, string?> nameOf) =>
    [
        .. told.Where(t => kindOf(t.Day) != KindOf(t) || !IsSameName(nameOf(t.Day), t.Holiday))
            .Select(t => $"{t.Day:O}: {kindOf(t.Day)}, {nameOf(t.Day) ?? "-"}; the peer: {(t.IsWork ? "work" : "free")}, {t.Holiday ?? "-"}"),
    ];

    private static DayKind KindOf(Told told) => (told.IsWork, told.Holiday) switch
    {
        (true, null) => DayKind.Weekday, (false, null) => DayKind.Weekend, (true, _) => DayKind.Workday, (false, _) => DayKind.Holiday,
    };

    /// <summary>The peer gives one name, some shorter, where a notice joins two holidays.</summary>
    private static bool IsSameName(string? ours, string? theirs) =>
        ours is null ? theirs is null : theirs is not null && (ours.Contains(theirs, StringComparison.Ordinal) || theirs.Contains(ours, StringComparison.Ordinal));

    private static async Task<Told[]> Ask() =>
    [
        .. (await Peer.Ask("holidays.mjs", [], $"{First:O}", $"{Last:O}")).Select(line => line.Split(' '))
            .Select(w => new Told(DateOnly.ParseExact(w[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), w[1] == "work", w[2] == "-" ? null : w[2])),
    ];
}
