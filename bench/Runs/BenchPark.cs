using System.Diagnostics;
using System.Globalization;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>The demo park with a type of its own, clerks at windows and readers at lanes, all made through the public interface.</summary>
internal sealed class BenchPark
{
    public const int Days = 30, DesksMax = 16;
    public const long PriceFen = 8_000;
    private const int FirstNumber = 500, CapacityMax = 1_000_000, QuotaMax = 1_000_000;
    private readonly long _opened = Stopwatch.GetTimestamp();

    private BenchPark(CentreApi api, Badge admin, ParkBook book) => (Api, Admin, Book) = (api, admin, book);

    public CentreApi Api { get; }
    public Badge Admin { get; }
    public ParkBook Book { get; }
    public Guid Type => Book.Type;
    /// <summary>The desks that have a shift, in a fixed order.</summary>
    public Desk[] Desks => [.. Book.Desks.Where(d => d.Shift != Guid.Empty)];
    public Reader[] Readers => [.. Book.Readers];
    public DateOnly Today => Book.LastDay;
    /// <summary>Condition on what a run stored: from its own business day on, so that a filled store is not read through.</summary>
    public string SinceToday => $"park = 1 and day >= {Today.Year * 10_000 + Today.Month * 100 + Today.Day}";

    /// <param name="clients">As many clients will ask; sixteen of them at most have a window or a lane of their own.</param>
    public static async Task<BenchPark> Open(CentreApi api, string firstPassword, int clients, bool simulation = false)
    {
        // A simulation's clock stands; keys of the next hour are good by it.
        var park = await Make(api, firstPassword, simulation ? _ => TimeProvider.System.GetUtcNow() : null);
        await park.OpenShifts(clients);
        return park;
    }

    /// <param name="moment">What a simulation's clock is set to; null in an ordinary store.</param>
    public static async Task<BenchPark> Make(CentreApi api, string firstPassword, Func<Park, DateTimeOffset>? moment)
    {
        var admin = new Badge();
        var password = await api.SignIn(admin, "admin", firstPassword);
        var park = await api.Get<Park>(admin, "/api/park");
        if (moment is not null)
        {
            await api.SetClock(admin, moment(park));
            await api.SignIn(admin, "admin", password);
        }
        await api.Change<Nothing>(HttpMethod.Put, admin, "/api/park", park with { Capacity = CapacityMax });
        var (site, gate, type) = (api.NewKey(), api.NewKey(), api.NewKey());
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/sites/{site}", new SiteRequest("测速区", "Speed Ground", CapacityMax, Active: true), site);
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/gates/{gate}", new GateRequest(site, "测速检票点", "Speed Gate", Active: true), gate);
        await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/ticket-types/{type}", new TicketTypeRequest("SPEED", "测速票", "Speed", "single", "any", null, "none", null, 1, 1,
            [site], "00:00", "23:59", PriceFen, PriceFen, QuotaMax, "", Active: true), type);
        return new BenchPark(api, admin, new ParkBook(password, park.TimeZone, site, gate, type, [], []) { LastDay = DayOf(park, api.Now) });
    }

    /// <summary>The park of a store that was filled before; its clock stands at its newest fact.</summary>
    public static async Task<BenchPark> Find(CentreApi api, ParkBook book)
    {
        var park = new BenchPark(api, new Badge(), book);
        await api.SignIn(park.Admin, "admin", book.Password);
        return park;
    }

    /// <summary>So many desks with open shifts and as many readers; what is missing is made.</summary>
    public async Task OpenShifts(int clients)
    {
        var count = Math.Min(clients, DesksMax);
        while (Book.Desks.Count < count) Book.Desks.Add(await MakeDesk(Book.Desks.Count));
        while (Book.Readers.Count < count) Book.Readers.Add(await MakeReader(Book.Readers.Count));
        await Task.WhenAll(Book.Desks.Take(count).Select(async desk =>
        {
            await SignIn(desk);
            desk.Shift = Api.NewKey();
            desk.DrawerFen = 0;
            await Api.Change<Nothing>(HttpMethod.Post, desk.Badge, "/api/shifts", new ShiftRequest(desk.Window, 0), desk.Shift);
        }));
    }

    public async Task SignIn(Desk desk) { if (desk.Badge.Cookie is null) await Api.SignIn(desk.Badge, desk.Login, desk.Password); }

    private async Task<Desk> MakeDesk(int number)
    {
        var (window, staff, badge, login) = (Api.NewKey(), Api.NewKey(), new Badge(), $"speed.clerk{number + 1}");
        await Api.Change<Nothing>(HttpMethod.Put, Admin, $"/api/windows/{window}",
            new WindowRequest(Book.Site, FirstNumber + number, $"测速窗口{number + 1}", "none", new WindowPrinter("browser80", AutoPrint: false), Active: true), window);
        var enrolled = await Api.Change<StaffAnswer>(HttpMethod.Put, Admin, $"/api/staff/{staff}", new StaffRequest(login, login, "", ["clerk"], Active: true), staff);
        var desk = new Desk(login, await Api.SignIn(badge, login, enrolled.InitialPassword!), window);
        desk.Badge.Cookie = badge.Cookie;
        return desk;
    }

    private async Task<Reader> MakeReader(int number)
    {
        var lane = Api.NewKey();
        await Api.Change<Nothing>(HttpMethod.Put, Admin, $"/api/lanes/{lane}", new LaneRequest(Book.Gate, FirstNumber + number, $"测速通道{number + 1}", "in", Active: true), lane);
        var key = await Api.Change<DeviceKeyAnswer>(HttpMethod.Post, Admin, $"/api/lanes/{lane}/device-key", new Nothing());
        return new Reader(lane, key.DeviceKey!);
    }

    /// <summary>Tickets of today, so many codes; every second one as the QR text when <paramref name="signed"/>.</summary>
    public async Task<string[]> Issue(int tickets, bool signed)
    {
        const int OnEach = 100;
        var (codes, desks) = (new List<string>(tickets), Desks);
        var orders = Enumerable.Range(0, (tickets + OnEach - 1) / OnEach).ToArray();
        foreach (var some in orders.Chunk(desks.Length))
            foreach (var order in await Task.WhenAll(some.Select((_, i) => Api.Change<Order>(HttpMethod.Post, desks[i].Badge, "/api/orders", SaleOf(desks[i], Today, OnEach)))))
                codes.AddRange(order.Tickets.Select(t => signed ? t.Qr : t.ShortCode));
        return [.. codes];
    }

    /// <summary>The key of a request of a measured run: a simulation's clock stands, but the server takes keys of the next hour.</summary>
    public Guid NewKey() => Guid.CreateVersion7(Api.Simulated is { } stands ? stands + Stopwatch.GetElapsedTime(_opened) : TimeProvider.System.GetUtcNow());

    public Sale SaleOf(Desk desk, DateOnly day, int quantity) => new(desk.Shift, Text(day), "", PriceFen * quantity, [new SaleLine(Type, quantity, 1)],
        [new SalePayment("cash", PriceFen * quantity, PriceFen * quantity, "")], OnOneTicket: false, null);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static DateOnly DayOf(Park park, DateTimeOffset now) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(park.TimeZone)).AddHours(-park.CutOffHour).DateTime);
}
