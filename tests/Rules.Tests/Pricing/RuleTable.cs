using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>Reads products, rules and sets as docs/algorithms/pricing.md writes them.</summary>
internal static class RuleTable
{
    private const string Page = "pricing.md";
    private static readonly string[] DaysOfWeek = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static PricedProduct[] Products { get; } = [.. Cells("The products of the examples").Select(ProductOf)];

    public static PriceRule[] Rules { get; } = [.. Cells("The rules of the examples").Select(RuleOf)];

    public static SetRule[] Sets { get; } = [.. Cells("The sets of the examples").Select(SetOf)];

    public static RuleSet Checked { get; } = CheckedOf(Rules, Sets, default);

    public static RuleSet CheckedOf(IReadOnlyList<PriceRule> rules, IReadOnlyList<SetRule> sets, MoneyTerms money)
    {
        var set = RuleSet.Of(Products, rules, sets, money, out var faults);
        Assert.Empty(faults);
        return set!;
    }

    /// <summary>An id that follows from a name, so that the tables need none.</summary>
    public static Guid Id(string name) => new(MD5.HashData(Encoding.UTF8.GetBytes(name)));

    public static string NameOf(Guid id) => Rules.Select(rule => (rule.Id, rule.Name)).Concat(Sets.Select(set => (set.Id, set.Name))).Single(named => named.Id == id).Name;

    public static IEnumerable<string[]> Cells(string heading) => DocTable.Rows(Page, heading).Cast<object[]>().Select(row => DocTable.Cells((string)row[0]));

    public static PriceRule RuleOf(string[] cells) => new(Id(cells[0]), cells[0], Enum.Parse<PriceStage>(cells[1]), EffectOf(cells[6]))
    {
        Products = IdsOf(cells[2]),
        When = WhenOf(cells[3]),
        Who = WhoOf(cells[4]),
        From = int.Parse(DocTable.OrNull(cells[5]) ?? "0"),
        Priority = cells.Length > 7 ? int.Parse(DocTable.OrNull(cells[7]) ?? "0") : 0,
    };

    public static SetRule SetOf(string[] cells) => new(Id(cells[0]), cells[0], [.. cells[1].Split(" and ").Select(PartOf)], EffectOf(cells[4]), int.Parse(cells[5]))
    {
        When = WhenOf(cells[2]),
        Who = WhoOf(cells[3]),
        TimesMax = int.Parse(DocTable.OrNull(cells[6]) ?? "2147483647"),
    };

    public static AskedLine[] LinesOf(string cell) => DocTable.OrNull(cell) is { } asked ? [.. asked.Split(", ").Select(LineOf)] : [];

    public static Buyer BuyerOf(string cell)
    {
        var who = WhoOf(cell);
        return new(who.Channel ?? "window", who.Agency, who.Level);
    }

    public static RuleWho WhoOf(string cell)
    {
        var who = default(RuleWho);
        foreach (var word in (DocTable.OrNull(cell) ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            who = word.Split(' ') switch
            {
                ["agency", var agency] => who with { Agency = agency },
                ["level", var level] => who with { Level = level },
                [var channel] => who with { Channel = channel },
                _ => throw new InvalidDataException(cell),
            };
        }

        return who;
    }

    public static RuleWhen WhenOf(string cell)
    {
        var when = RuleWhen.Always;
        foreach (var word in (DocTable.OrNull(cell) ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            when = word switch
            {
                ['o', 'n', ' ', .. var days] => when with { Days = [.. days.Split(' ').Select(day => DateOnly.Parse(day))] },
                _ when word.Contains("..") => when with { First = DayOrNull(word.Split("..")[0]), Last = DayOrNull(word.Split("..")[1]) },
                _ when word.Contains(':') => when with { FromMinute = Minute(word.Split('-')[0]), ToMinute = Minute(word.Split('-')[1]) },
                _ when DaysOfWeek.Contains(word[..3]) && word.Split('+').All(DaysOfWeek.Contains) =>
                    when with { Weekdays = word.Split('+').Sum(day => 1 << Array.IndexOf(DaysOfWeek, day)) },
                _ => when with { Kinds = (DayKinds)word.Split('+').Sum(kind => (int)Enum.Parse<DayKinds>(kind, ignoreCase: true)) },
            };
        }

        return when;
    }

    public static int Minute(string time) => (int)TimeOnly.Parse(time).ToTimeSpan().TotalMinutes;

    private static DateOnly? DayOrNull(string day) => day.Length == 0 ? null : DateOnly.Parse(day);

    private static Effect EffectOf(string cell) => cell.Split(' ') switch
    {
        ["costs", var yuan] => Effect.Costs(DocTable.Fen(yuan)),
        ["less", var yuan] => Effect.Less(DocTable.Fen(yuan)),
        ["pays", var percent] => Effect.Pays((int)(decimal.Parse(percent.TrimEnd('%'), CultureInfo.InvariantCulture) * 100)),
        [var units, "for", var paid] => Effect.ManyForFewer(int.Parse(units), int.Parse(paid)),
        _ => throw new InvalidDataException(cell),
    };

    private static SetPart PartOf(string text)
    {
        var words = text.Split(' ', 2);
        return new([.. words[1].Split('/').Select(Id)], int.Parse(words[0]));
    }

    private static PricedProduct ProductOf(string[] cells)
    {
        var people = cells[2].Split('-').Select(int.Parse).ToArray();
        return new(Id(cells[0]), Enum.Parse<PricedPer>(cells[1]), people[0], people[^1], (int)(decimal.Parse(cells[3].TrimEnd('%'), CultureInfo.InvariantCulture) * 100));
    }

    private static AskedLine LineOf(string asked)
    {
        var words = asked.Split(' ');
        return new(Id(words[1]), int.Parse(words[0]), int.Parse(words[3]));
    }

    private static Guid[] IdsOf(string cell) => DocTable.OrNull(cell) is { } names ? [.. names.Split(' ').Select(Id)] : [];
}
