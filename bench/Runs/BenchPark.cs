using System.Globalization;
using System.Net.Http.Headers;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>A clerk at a window, her shift open.</summary>
internal sealed record Desk(Badge Badge, Guid Shift);

/// <summary>A reader at a lane.</summary>
internal sealed record Reader(Guid Lane, string DeviceKey);

/// <summary>The demo park with a type of its own, clerks at windows and readers at lanes, all made through the public interface.</summary>
internal sealed class BenchPark
{
    public const int Days = 30;
    public const long PriceFen = 8_000;
    private const int DesksMax = 16, FirstNumber = 500, CapacityMax = 1_000_000, QuotaMax = 1_000_000;

    public required CentreApi Api { get; init; }
    public required Guid Type { get; init; }
    public required Desk[] Desks { get; init; }
    public required Reader[] Readers { get; init; }
    public required DateOnly Today { get; init; }

    /// <param name="clients">As many clients will ask; sixteen of them at most have a window or a lane of their own.</param>
    public static async Task<BenchPark> Open(CentreApi api, string firstPassword, int clients, bool simulation = false)
    {
        var admin = new Badge();
        var password = await api.SignIn(admin, "admin", firstPassword);
        if (simulation)
        {
            // A simulation's clock stands; keys of the next hour are good by it.
            await api.SetClock(admin, TimeProvider.System.GetUtcNow());
            await api.SignIn(admin, "admin", password);
        }
        var park = await api.Get<Park>(admin, "/api/park");
        await api.Change<Nothing>(HttpMethod.Put, admin, "/api/park", park with { Capacity = CapacityMax });
        var (site, gate, type) = (api.NewKey(), api.NewKey(), api.NewKey());
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/sites/{site}", new SiteRequest("测速区", "Speed Ground", CapacityMax, Active: true), site);
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/gates/{gate}", new GateRequest(site, "测速检票点", "Speed Gate", Active: true), gate);
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/ticket-types/{type}", new TicketTypeRequest("SPEED", "测速票", "Speed", "single", "any", null, "none", null, 1, 1,
            [site], "00:00", "23:59", PriceFen, PriceFen, QuotaMax, "", Active: true), type);
        var count = Math.Min(clients, DesksMax);
        var desks = new Desk[count];
        var readers = new Reader[count];
        for (var i = 0; i < count; i++)
        {
            desks[i] = await Desk(api, admin, site, i);
            readers[i] = await Reader(api, admin, gate, i);
        }
        return new BenchPark { Api = api, Type = type, Desks = desks, Readers = readers, Today = DayOf(park, api.Now) };
    }

    private static async Task<Desk> Desk(CentreApi api, Badge admin, Guid site, int number)
    {
        var (window, staff, shift) = (api.NewKey(), api.NewKey(), api.NewKey());
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/windows/{window}",
            new WindowRequest(site, FirstNumber + number, $"测速窗口{number + 1}", "none", new WindowPrinter("browser80", AutoPrint: false), Active: true), window);
        var login = $"speed.clerk{number + 1}";
        var enrolled = await api.Change<StaffAnswer>(HttpMethod.Put, admin, $"/api/staff/{staff}", new StaffRequest(login, login, "", ["clerk"], Active: true), staff);
        var badge = new Badge();
        await api.SignIn(badge, login, enrolled.InitialPassword!);
        await api.Change<Nothing>(HttpMethod.Post, badge, "/api/shifts", new ShiftRequest(window, 0), shift);
        return new Desk(badge, shift);
    }

    private static async Task<Reader> Reader(CentreApi api, Badge admin, Guid gate, int number)
    {
        var lane = api.NewKey();
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/lanes/{lane}", new LaneRequest(gate, FirstNumber + number, $"测速通道{number + 1}", "in", Active: true), lane);
        var key = await api.Change<DeviceKeyAnswer>(HttpMethod.Post, admin, $"/api/lanes/{lane}/device-key", new Nothing());
        return new Reader(lane, key.DeviceKey!);
    }

    /// <summary>Tickets of today, so many codes; every second one as the QR text when <paramref name="signed"/>.</summary>
    public async Task<string[]> Issue(int tickets, bool signed)
    {
        const int OnEach = 100;
        var codes = new List<string>(tickets);
        var orders = Enumerable.Range(0, (tickets + OnEach - 1) / OnEach).ToArray();
        foreach (var some in orders.Chunk(Desks.Length))
            foreach (var order in await Task.WhenAll(some.Select((_, i) => Api.Change<Order>(HttpMethod.Post, Desks[i].Badge, "/api/orders", SaleOf(Desks[i], Today, OnEach)))))
                codes.AddRange(order.Tickets.Select(t => signed ? t.Qr : t.ShortCode));
        return [.. codes];
    }

    public Sale SaleOf(Desk desk, DateOnly day, int quantity) => new(desk.Shift, Text(day), "", PriceFen * quantity, [new SaleLine(Type, quantity, 1)],
        [new SalePayment("cash", PriceFen * quantity, PriceFen * quantity, "")], OnOneTicket: false, null);

    private static DateOnly DayOf(Park park, DateTimeOffset now) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(park.TimeZone)).AddHours(-park.CutOffHour).DateTime);
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
