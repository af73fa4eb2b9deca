using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Harness;

/// <summary>A park of its own for one class of tests: opened through the office's API, as a new customer opens it.</summary>
public abstract class TestPark : IAsyncLifetime
{
    private int _windows, _lanes, _hired, _types;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Colleague>> _waiting = [];
    private readonly List<Caller> _callers = [];
    private readonly SemaphoreSlim _opening = new(1);
    private readonly Dictionary<string, Caller> _people = [];
    private Desk? _desk;

    protected virtual IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>();
    protected abstract Task<Store> NewStore();

    public Store Store { get; private set; } = null!;
    public Centre Centre { get; set; } = null!;
    public Caller Admin { get; private set; } = null!;
    public Guid Site { get; private set; }
    public Guid Gate { get; private set; }
    /// <summary>People may come and go here.</summary>
    public Guid Lane { get; private set; }
    public DateOnly Today { get; private set; }
    public Func<DateTimeOffset> Clock { get; set; } = () => TimeProvider.System.GetUtcNow();

    public async Task InitializeAsync()
    {
        Store = await NewStore();
        Centre = await Centre.Start(Store, Environment);
        Admin = NewCaller();
        if (Store.Template is { } template) Adopt(template);
        else await SetUp();
        await Furnish();
    }

    private async Task SetUp()
    {
        const string password = "first administrator";
        (await Admin.Send(Admin.Request(HttpMethod.Post, "/api/setup",
            System.Text.Json.JsonSerializer.Serialize(new { parkName = "试验景区", login = "admin", name = "管理员", password })))).MustBeDone();
        await Admin.SignIn("admin", password);
        (await Admin.Put("/api/park", new ParkTerms("试验景区", "Test Park", ZoneOfNoon(Clock()), 3, "06:00", "22:00", 1_000_000, ""))).MustBeDone();
        Today = (await Admin.Read<Session>("/api/session")).BusinessDay!.Value;
        Site = await NewSite("主园", 1_000_000);
        Gate = await NewGate(Site, "东门");
        Lane = await NewLane(Gate);
    }

    /// <summary>Takes over what the copied store holds: its places, its numbers, its people.</summary>
    private void Adopt(TestPark from)
    {
        (Admin.Login, Admin.Password, Admin.Cookie, Admin.StaffId) = (from.Admin.Login, from.Admin.Password, from.Admin.Cookie, from.Admin.StaffId);
        (Site, Gate, Lane, Today) = (from.Site, from.Gate, from.Lane, from.Today);
        (_windows, _lanes, _hired, _types) = (from._windows, from._lanes, from._hired, from._types);
    }

    /// <summary>What a class of tests wants in its park beside the main site with its gate and lane.</summary>
    protected virtual Task Furnish() => Task.CompletedTask;

    /// <summary>The zone in which it is about noon now, so that no test meets midnight or the end of an entry hour.</summary>
    public static string ZoneOfNoon(DateTimeOffset now)
    {
        var offset = 12 - now.UtcDateTime.Hour;
        return offset == 0 ? "Etc/UTC" : $"Etc/GMT{(offset > 0 ? "-" : "+")}{Math.Abs(offset)}";
    }

    public Caller NewCaller(IPAddress? from = null)
    {
        var caller = new Caller(() => Centre.Address, from) { Clock = () => Clock() };
        lock (_callers) _callers.Add(caller);
        return caller;
    }

    public async Task<Guid> NewSite(string name, int capacity, bool countsInside = true, string nameEn = "Site") =>
        await Save("/api/sites", new { name, nameEn, capacity, active = true, countsInside });
    public async Task<Guid> NewGate(Guid site, string name, string nameEn = "Gate") => await Save("/api/gates", new { siteId = site, name, nameEn, active = true });
    public async Task<Guid> NewLane(Guid gate, string direction = "both") =>
        await Save("/api/lanes", new { gateId = gate, number = Interlocked.Increment(ref _lanes), name = $"通道{_lanes}", direction, active = true });
    public async Task<Guid> NewWindow() => await Save("/api/windows", new
    {
        siteId = Site, number = Interlocked.Increment(ref _windows), name = $"窗口{_windows}", f3Action = "drawer",
        printer = new { kind = "browser80", autoPrint = false }, active = true,
    });

    /// <summary>A ticket type with ordinary terms, changed where a test says so.</summary>
    public async Task<Guid> NewType(long fen = 10_000, int? quota = null, long? holidayFen = null, int minPeople = 1, int maxPeople = 1, string from = "00:00", string to = "23:59",
        Guid[]? sites = null, string? name = null, bool active = true, Guid? id = null)
    {
        var n = Interlocked.Increment(ref _types);
        return await Save("/api/ticket-types", Type($"T{n}", name ?? $"票种{n}", fen, quota, holidayFen ?? fen, minPeople, maxPeople, from, to, sites ?? [Site], active), id);
    }

    public static object Type(string code, string name, long fen, int? quota, long holidayFen, int minPeople, int maxPeople, string from, string to, Guid[] sites, bool active) => new
    {
        code, name, nameEn = "Ticket", tab = "single", visitorType = "adult", keySlot = (int?)null, proof = "none", heightLimitCm = (int?)null, minPeople, maxPeople,
        siteIds = sites, fromTime = from, toTime = to, weekdayFen = fen, holidayFen, dailyQuota = quota, attention = "", active,
    };

    /// <summary>Changes a part of a ticket type's terms, as the office's form calls it.</summary>
    public async Task Change(Guid type, string part, string json)
    {
        var terms = (await Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == type);
        terms.Remove("id");
        terms[part] = JsonNode.Parse(json);
        (await Admin.Put($"/api/ticket-types/{type}", terms)).MustBeDone();
    }

    /// <summary>Terms of admission: on the day of visit and the days after it, as often as one likes.</summary>
    public static string ForDays(int days) => $$"""{"validity":{"kind":"fromVisitDay","days":{{days}}},"perDay":null,"inAll":null,"sites":[],"intervalMinutes":null,"notOn":[],"blackout":[]}""";

    private async Task<Guid> Save(string path, object body, Guid? id = null)
    {
        var of = id ?? Admin.NewKey();
        (await Admin.Put($"{path}/{of}", body)).MustBeDone();
        return of;
    }

    /// <summary>A new colleague, signed in with a password of his own.</summary>
    public async Task<Caller> Hire(params string[] roles)
    {
        if (roles is [var post] && Store.Template is { } template && _waiting.GetOrAdd(post, template.People).TryDequeue(out var ready))
        {
            var known = NewCaller();
            (known.Login, known.Password, known.Cookie, known.StaffId) = (ready.Login, ready.Password, ready.Cookie, ready.StaffId);
            return known;
        }
        var n = Interlocked.Increment(ref _hired);
        var (login, id) = ($"{roles[0].ToLowerInvariant()}{n}", Admin.NewKey());
        var saved = (await Admin.Put($"/api/staff/{id}", new { login, name = $"员工{n}", phone = "", roles, active = true })).As<StaffSaved>();
        var caller = NewCaller();
        await caller.SignIn(login, saved.InitialPassword!);
        (await caller.ChangePassword(saved.InitialPassword!, $"own words of {login}")).MustBeDone();
        caller.StaffId = id;
        return caller;
    }

    /// <summary>The one colleague of this post whom tests share.</summary>
    public async Task<Caller> The(string role)
    {
        await _opening.WaitAsync();
        try { return _people.TryGetValue(role, out var known) ? known : _people[role] = await Hire(role); }
        finally { _opening.Release(); }
    }

    /// <summary>The one open ticket window that tests share.</summary>
    public async Task<Desk> TheDesk()
    {
        var clerk = await The("clerk");
        await _opening.WaitAsync();
        try { return _desk ??= await OpenDesk(clerk); }
        finally { _opening.Release(); }
    }

    /// <summary>Adds an agency to the dictionary, with an account by which it may sign for so much.</summary>
    /// <param name="creditLineFen">Null = it has no account.</param>
    public async Task NewAgency(string code, long? creditLineFen)
    {
        await ChangeAgencies(entries => entries.Add(new JsonObject { ["code"] = code, ["name"] = $"往来{code}", ["nameEn"] = $"Unit {code}", ["active"] = true }));
        if (creditLineFen is { } fen) (await Admin.Put("/api/agency-accounts", new { agency = code, edit = 0, active = true, creditLineFen = fen, note = "合同 2026-18" })).MustBeDone();
    }

    /// <summary>Changes the dictionary of agencies, again where another test changed it meanwhile.</summary>
    public async Task ChangeAgencies(Action<JsonArray> change)
    {
        for (Reply? reply = null; reply is not { Done: true };)
        {
            var known = (await Admin.Read<JsonObject[]>("/api/dictionaries")).Single(d => (string)d["kind"]! == "agency");
            var entries = known["entries"]!.DeepClone().AsArray();
            change(entries);
            reply = await Admin.Put("/api/dictionaries", new JsonObject { ["kind"] = "agency", ["edit"] = (int)known["edit"]!, ["entries"] = entries });
        }
    }

    /// <summary>A window with a clerk of its own at it.</summary>
    public async Task<Desk> NewDesk(long floatFen = 50_000) => await OpenDesk(await Hire("clerk"), floatFen);

    public async Task<Desk> OpenDesk(Caller clerk, long floatFen = 50_000)
    {
        var window = await NewWindow();
        var shift = (await clerk.Post("/api/shifts", new { windowId = window, floatFen })).As<Shift>();
        return new Desk(this, clerk, shift.Id, window);
    }

    public async Task<Verdict> Admit(string code, Guid? lane = null, int? people = null, Caller? guard = null, Guid? key = null) =>
        (await (guard ?? await The("gateGuard")).Post("/api/admissions", new { laneId = lane ?? Lane, code, people }, key)).As<Verdict>();

    /// <summary>
    /// What is changed by hand in a sound store must be found and named; set back, the store is sound again. The proofs are the same code on both
    /// stores, so PostgreSQL is tried with the first change alone.
    /// </summary>
    public async Task MustFind((string Change, string Back, string Says)[] changes)
    {
        await MustVerify();
        await using var connection = await Store.Open();
        foreach (var (change, back, says) in changes[..(Store.IsPostgres ? 1 : changes.Length)])
        {
            Assert.True(await Harness.Store.Change(connection, change) > 0);
            var found = await Store.Verb("verify", "--json");
            Assert.True(found.ExitCode != 0 && found.Output.Contains(says, StringComparison.Ordinal), $"{change}: {found.Output}");
            await Harness.Store.Change(connection, back);
        }
        await MustVerify();
    }

    /// <summary>The store must be sound after whatever happened to it.</summary>
    public async Task MustVerify()
    {
        var result = await Store.Verb("verify", "--json");
        if (result.ExitCode != 0 || !result.Output.Contains("\"verify\":\"ok\"", StringComparison.Ordinal)) Assert.Fail($"verify ended with {result.ExitCode}:\n{result.Output}{result.Errors}");
    }

    public async Task DisposeAsync()
    {
        foreach (var caller in _callers) caller.Dispose();
        if (Centre is not null) await Centre.DisposeAsync();
        if (Store is not null) await Store.DisposeAsync();
    }
}

public class SqlitePark : TestPark
{
    /// <summary>False for a park that begins with nothing.</summary>
    protected virtual bool IsFurnished => true;
    protected override Task<Store> NewStore() => IsFurnished ? ParkTemplate.NewStore(postgres: false) : Task.FromResult(Store.Sqlite());
}

public class PostgresPark : TestPark
{
    /// <summary>False for a park that begins with nothing.</summary>
    protected virtual bool IsFurnished => true;
    protected override Task<Store> NewStore() => IsFurnished ? ParkTemplate.NewStore(postgres: true) : Store.Postgres();
}
