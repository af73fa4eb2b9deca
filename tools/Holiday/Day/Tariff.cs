using Shanmen.Client;

namespace Shanmen.Holiday.Day;

/// <summary>
/// The day's prices, said twice: once as the price rules that the office saves, and once as a clerk would reckon them by hand.
/// The second knows nothing of the first.
/// </summary>
static class Tariff
{
    /// <summary>A tour group: of every sixteen people one goes free (16 免 1).</summary>
    private const int FreeOf = 16;
    private static readonly PriceWhen Always = new(null, null, null, null, null, null, null);
    private static readonly PriceWho Everybody = new(null, null, null);

    /// <summary>Saves the first version of the price rules, to hold from a moment to come.</summary>
    public static async Task Publish(CentreApi api, Badge admin, Ground ground, DateTimeOffset from)
    {
        var types = ground.Types.Values;
        PriceRule[] rules =
        [
            .. types.Select(t => Rule($"{t.Name}平日价", "day", "costs", t.WeekdayFen, t.Id, Always)),
            .. types.Select(t => Rule($"{t.Name}假日价", "day", "costs", t.HolidayFen, t.Id, Always with { Kinds = ["weekend", "holiday"] })),
            Rule("团队 16 免 1", "quantity", "manyForFewer", FreeOf, ground.Types[TicketKind.Group].Id, Always, FreeOf - 1),
        ];
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/price-versions/{api.NewKey()}",
            new PriceVersionRequest(1, from, new([.. types.Select(t => new PriceProduct(t.Id, "person", 0))], rules, [], 1, "halfUp", "line")));
    }

    /// <summary>What a line costs, by hand.</summary>
    public static long FenOf(TicketType type, TicketKind kind, string dayKind, int people)
    {
        var each = dayKind is "weekend" or "holiday" ? type.HolidayFen : type.WeekdayFen;
        return each * (kind == TicketKind.Group ? people - (people / FreeOf) : people);
    }

    private static PriceRule Rule(string name, string stage, string effect, long amount, Guid type, PriceWhen when, int paid = 0) =>
        new(Guid.CreateVersion7(), name, stage, effect, amount, paid, [type], when, Everybody, 0, 0);
}
