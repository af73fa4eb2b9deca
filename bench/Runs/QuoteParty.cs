using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>
/// Two adults, a child and a senior who buy on the web a month ahead: tickets, ropeway, boat and a gift, six lines. Their park prices
/// by day, channel, notice, quantity and set, and most of its rules lose, as in a park.
/// </summary>
internal sealed class QuoteParty
{
    private const string Web = "web", Agency = "yunling";
    private const int DaysAhead = 31;
    private static readonly PriceWhen Always = new(null, null, null, null, null, null, null);
    private static readonly PriceWho Everybody = new(null, null, null);
    // Ticket, what it costs on the day, and how many the party takes.
    private static readonly (string Code, string Name, string Per, long Fen, int Quantity)[] Wanted =
    [
        ("QADULT", "成人", "person", 150_00, 2), ("QCHILD", "儿童", "person", 75_00, 1), ("QSENIOR", "老人", "person", 75_00, 1),
        ("QROPE", "索道", "person", 80_00, 4), ("QBOAT", "游船", "person", 60_00, 4), ("QGIFT", "礼品", "ticket", 15_00, 1),
    ];

    private readonly BenchPark _park;
    private readonly Guid[] _types = new Guid[Wanted.Length];
    private readonly DateOnly _visit;

    private QuoteParty(BenchPark park) => (_park, _visit) = (park, park.Today.AddDays(DaysAhead));

    public static int Lines => Wanted.Length;
    public int Rules { get; private set; }

    /// <summary>
    /// By hand: the web pays 95 %, persons a month ahead 90 % of that, so 128.25, 64.13 and 64.13. Two adults and the child are a set for
    /// 300.00. Four on the ropeway pay 90 % of 76.00, so 273.60; four in the boat pay for three, so 171.00; the gift is 14.25.
    /// 300.00 + 64.13 + 273.60 + 171.00 + 14.25.
    /// </summary>
    public const long TotalFen = 822_98;
    /// <summary>What the adults' line is explained by, from the day's price to the set.</summary>
    public static readonly string[] AdultSteps = ["成人指定日期价", "网络价", "提前三十天", "一家三口"];

    public string Path => $"/api/quote?day={BenchPark.Text(_visit)}&channel={Web}&lines={string.Join(',', Wanted.Select((w, i) => $"{_types[i]}:{w.Quantity}:1"))}";

    /// <summary>Makes the ticket types and a version of the price rules that holds.</summary>
    public static async Task<QuoteParty> Open(BenchPark park)
    {
        var party = new QuoteParty(park);
        for (var i = 0; i < Wanted.Length; i++)
        {
            party._types[i] = park.Api.NewKey();
            await park.Api.Change<Nothing>(HttpMethod.Put, park.Admin, $"/api/ticket-types/{party._types[i]}", new TicketTypeRequest(Wanted[i].Code, Wanted[i].Name, "", "single", "any", null,
                "none", null, 1, 1, [park.Book.Site], "00:00", "23:59", Wanted[i].Fen, Wanted[i].Fen, null, "", Active: true), party._types[i]);
        }
        // A run before this one may have named it already.
        var named = await park.Api.Send(HttpMethod.Put, "/api/dictionaries", park.Admin, CentreApi.Encode(new DictionaryRequest("agency", 0, [new(Agency, "云岭旅行社", "", Active: true)])), park.Api.NewKey());
        if (!named.IsDone && named.Code != "dictionaryEdited") throw new ClientException($"/api/dictionaries: {named.Sentence}");
        await party.Save(0);
        return party;
    }

    /// <summary>Saves a version with day prices that are so much higher, and waits until it holds.</summary>
    public async Task Save(long higherFen)
    {
        var number = (await _park.Api.Get<PriceVersionLine[]>(_park.Admin, "/api/price-versions")).Select(v => v.Number).DefaultIfEmpty(0).Max() + 1;
        // A busy machine needs longer until the version is saved than it was given to begin.
        for (var leadMs = 300; ; leadMs *= 2)
        {
            var (id, from) = (_park.Api.NewKey(), _park.Api.Now.AddMilliseconds(leadMs));
            var answer = await _park.Api.Send(HttpMethod.Put, $"/api/price-versions/{id}", _park.Admin, CentreApi.Encode(new PriceVersionRequest(number, from, RulesOf(higherFen))), id);
            if (answer.IsDone)
            {
                while (_park.Api.Now <= from) await Task.Delay(20);
                return;
            }
            if (answer.Status != 422 || answer.Code != "beginsInThePast") throw new ClientException($"/api/price-versions: {answer.Sentence}");
        }
    }

    private PriceRules RulesOf(long higherFen)
    {
        var (adult, child, senior, rope, boat) = (_types[0], _types[1], _types[2], _types[3], _types[4]);
        var days = Wanted.SelectMany((w, i) => DayPrices(w.Name, _types[i], w.Fen + higherFen));
        PriceRule[] others =
        [
            Rule("网络价", "terms", "pays", 9_500, [], who: new(Web, null, null)), Rule("金卡价", "terms", "pays", 8_800, [adult], who: new(null, null, "gold")),
            Rule("旅行社价", "terms", "pays", 9_000, [adult, child], who: new(null, Agency, null)),
            Rule("提前七天", "early", "pays", 9_500, [adult, child, senior], from: 7), Rule("提前三十天", "early", "pays", 9_000, [adult, child, senior], from: 30),
            Rule("索道四人", "quantity", "pays", 9_000, [rope], from: 4), Rule("索道十人", "quantity", "pays", 8_000, [rope], from: 10),
            Rule("游船四免一", "quantity", "manyForFewer", 4, [boat], paid: 3),
            Rule("十张九折", "quantity", "pays", 9_000, [adult], from: 10), Rule("二十张八折", "quantity", "pays", 8_000, [adult], from: 20),
        ];
        PriceSet[] sets =
        [
            new(Guid.CreateVersion7(), "一家三口", [new([adult], 2), new([child], 1)], "costs", 300_00, Always, Everybody, 20, null),
            new(Guid.CreateVersion7(), "老少同行", [new([adult], 1), new([senior], 1)], "less", 10_00, Always, Everybody, 10, null),
        ];
        PriceRule[] rules = [.. days, .. others];
        Rules = rules.Length + sets.Length;
        return new([.. Wanted.Select((w, i) => new PriceProduct(_types[i], w.Per, 600))], rules, sets, 1, "halfUp", "line");
    }

    /// <summary>Seven prices of a day for a product, of which that of the named day wins.</summary>
    private PriceRule[] DayPrices(string name, Guid type, long fen) =>
    [
        Rule($"{name}平日价", "day", "costs", fen / 2, [type]),
        Rule($"{name}周末价", "day", "costs", fen * 6 / 10, [type], Always with { Kinds = ["weekend"] }),
        Rule($"{name}节日价", "day", "costs", fen * 8 / 10, [type], Always with { Kinds = ["holiday"] }),
        Rule($"{name}旺季价", "day", "costs", fen * 7 / 10, [type], Always with { First = _visit.AddDays(-20), Last = _visit.AddDays(40) }),
        Rule($"{name}淡季价", "day", "costs", fen * 4 / 10, [type], Always with { First = _visit.AddDays(41), Last = _visit.AddDays(140) }),
        Rule($"{name}夜场价", "day", "costs", fen * 3 / 10, [type], Always with { FromTime = "17:00", ToTime = "21:59" }),
        Rule($"{name}指定日期价", "day", "costs", fen, [type], Always with { Days = [_visit] }),
    ];

    private static PriceRule Rule(string name, string stage, string effect, long amount, Guid[] types, PriceWhen? when = null, PriceWho? who = null, int from = 0, int paid = 0) =>
        new(Guid.CreateVersion7(), name, stage, effect, amount, paid, types, when ?? Always, who ?? Everybody, from, 0);
}
