using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Faults.Tests;

/// <summary>A park on a store that will be mistreated, with sixteen clients that sell and admit as fast as they are answered.</summary>
public sealed class Rig(Store store, IReadOnlyDictionary<string, string>? environment = null) : TestPark
{
    private const int Clients = 16, Windows = 4;
    private readonly List<Desk> _desks = [];
    private readonly Random _random = new();
    private Caller _guard = null!;
    private Guid _type;
    private string _version = "";
    private long _seen;

    public AckLog Acks { get; } = new();
    public List<TimeSpan> Recoveries { get; } = [];

    protected override Task<Store> NewStore() => Task.FromResult(store);
    protected override IReadOnlyDictionary<string, string> Environment => environment ?? base.Environment;

    protected override async Task Furnish()
    {
        await base.Furnish();
        _type = await NewType(fen: 4_321, quota: 1_000_000);
        for (var i = 0; i < Windows; i++) _desks.Add(await NewDesk());
        _guard = await The("gateGuard");
        _version = (await _desks[0].Sheet()).Version;
    }

    private Caller CallerOf(int number) => number == Windows ? _guard : _desks[number].Clerk;

    /// <summary>What the answers said that were no success, and how often.</summary>
    public ConcurrentDictionary<string, int> Troubles { get; } = [];

    /// <summary>Answers that said "try again", and were.</summary>
    public int Repeats => _repeats;
    private int _repeats;

    /// <summary>Sells and admits until the program no longer answers.</summary>
    /// <param name="patient">Repeats with the same key when the program says that its store is away.</param>
    public Task Sell(bool patient = false) => Task.WhenAll(Enumerable.Range(0, Clients).Select(n => Task.Run(async () =>
    {
        var desk = _desks[n % Windows];
        while (true)
        {
            var quantity = 1 + n % 3;
            var sale = new Sale(desk.Shift, Today, _version, 4_321 * quantity, [new(_type, quantity, 1)], [Desk.Cash(4_321 * quantity, 20_000)], false, null);
            if (await Ask(n % Windows, "/api/orders", sale, patient) is not { } sold) return;
            var ticket = JsonSerializer.Deserialize<Order>(sold, Caller.Json)!.Tickets[0];
            if (await Ask(Windows, "/api/admissions", new { laneId = Lane, code = n % 2 == 0 ? ticket.Qr : ticket.ShortCode, people = (int?)null }, patient) is null) return;
        }
    })));

    /// <summary>One sale that is asked for once, and neither repeated nor remembered.</summary>
    public async Task<(Reply Reply, Asked Asked)> SellOnce()
    {
        var asked = new Asked(0, "/api/orders", CallerOf(0).NewKey(),
            JsonSerializer.Serialize(new Sale(_desks[0].Shift, Today, _version, 4_321, [new(_type, 1, 1)], [Desk.Cash(4_321)], false, null), Caller.Json), "");
        return (await CallerOf(0).Post(asked.Path, asked.Body, asked.Key), asked);
    }

    /// <summary>What the status page says of one thing: "ok", "warn" or "bad".</summary>
    public async Task<string> Check(string name) =>
        (string)(await Admin.Read<JsonObject>("/api/status"))["checks"]!.AsArray().Single(c => (string)c!["name"]! == name)!["state"]!;

    private async Task<string?> Ask(int caller, string path, object body, bool patient)
    {
        var asked = new Asked(caller, path, CallerOf(caller).NewKey(), JsonSerializer.Serialize(body, Caller.Json), "");
        try
        {
            var reply = await CallerOf(caller).Post(path, asked.Body, asked.Key);
            for (var repeat = 0; patient && repeat < 400 && reply.Status >= 500; repeat++)
            {
                Interlocked.Increment(ref _repeats);
                Troubles.AddOrUpdate($"{reply.Status} {reply.MustBeProblem().Code}", 1, (_, n) => n + 1);
                await Task.Delay(100);
                reply = await CallerOf(caller).Post(path, asked.Body, asked.Key);
            }
            reply.MustBeDone();
            Acks.Acknowledged(asked with { Answer = reply.Text });
            return reply.Text;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException)
        {
            Acks.Unknown(asked);
            return null;
        }
    }

    /// <summary>Sells for a random time, ends the program in the given way, and waits for the clients to notice.</summary>
    public async Task SellUntil(Func<Task> end, int atLeastMs = 150, int atMostMs = 900)
    {
        var selling = Sell();
        await Task.Delay(_random.Next(atLeastMs, atMostMs));
        await end();
        await selling;
    }

    /// <summary>Starts the program again and notes the time to its first good answer.</summary>
    public async Task Restart()
    {
        var watch = Stopwatch.StartNew();
        var before = Centre;
        Centre = await Centre.Start(store, Environment);
        await before.DisposeAsync();
        using var caller = new Caller(() => Centre.Address);
        (await caller.Get("/health/ready")).MustBeDone();
        Recoveries.Add(watch.Elapsed);
    }

    /// <summary>Of what was acknowledged since the last look: what the store no longer knows. Asks by reading only, so that nothing lost is made again.</summary>
    public async Task<List<string>> Lost()
    {
        var all = Acks.Read(_seen);
        var lost = new List<string>();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (ack, _) =>
        {
            if (!ack.IsSale) return;
            var promised = JsonSerializer.Deserialize<Order>(ack.Answer, Caller.Json)!;
            var reply = await CallerOf(ack.Caller).Get($"/api/orders/{ack.Key}");
            if (!reply.Done) lock (lost) lost.Add($"order {promised.Number}: {reply.Status}");
            else if (reply.As<Order>() is var found && (found.TotalFen, found.Number, found.State) != (promised.TotalFen, promised.Number, promised.State)) lock (lost) lost.Add($"order {promised.Number} is now {found}");
        });
        return lost;
    }

    /// <summary>Every promise since the last look is kept: the same key gets the same bytes, as a repetition. What was open is asked again, with its own key.</summary>
    public async Task MustKeepPromises()
    {
        Assert.Empty(await Lost());
        var all = Acks.Read(_seen);
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (ack, _) =>
        {
            var again = await CallerOf(ack.Caller).Post(ack.Path, ack.Body, ack.Key);
            Assert.True(again.Done && again.Replayed && again.Text == ack.Answer, $"{ack.Path} {ack.Key} was answered {ack.Answer} before and {again.Status} {again.Text} after.");
        });
        foreach (var open in Acks.TakeUnknown())
        {
            var reply = await CallerOf(open.Caller).Post(open.Path, open.Body, open.Key);
            reply.MustBeDone();
            Acks.Acknowledged(open with { Answer = reply.Text });
        }
        _seen = Acks.End;
    }

    /// <summary>The whole store against the whole memory of the clients: each sale and admission once, at its amount, and none that nobody asked for.</summary>
    public async Task<int> MustAddUp()
    {
        await MustKeepPromises();
        var acks = Acks.Read();
        var sales = acks.Where(a => a.IsSale).ToDictionary(a => a.Key, a => JsonSerializer.Deserialize<Order>(a.Answer, Caller.Json)!);
        var admitted = acks.Where(a => !a.IsSale).Select(a => JsonSerializer.Deserialize<Verdict>(a.Answer, Caller.Json)!).Where(v => v.Word == "admitted").ToArray();
        await using var connection = await store.Open();
        var orders = await Store.Rows(connection, "select id, total_fen, paid_fen, state from orders");
        Assert.Equal(sales.Count, orders.Count);
        foreach (var row in orders)
        {
            var id = row[0] is Guid guid ? guid : new Guid((byte[])row[0]!, bigEndian: true);
            Assert.True(sales.TryGetValue(id, out var promised), $"Nobody asked for order {id}.");
            Assert.Equal((promised!.TotalFen, promised.TotalFen, "Paid"), ((long)row[1]!, (long)row[2]!, (string)row[3]!));
        }
        var used = (await Store.Rows(connection, "select short_code, used from ticket where used > 0")).ToDictionary(r => (string)r[0]!, r => (long)r[1]!);
        Assert.Equal(admitted.Length, used.Count);
        foreach (var verdict in admitted) Assert.Equal(verdict.PeopleAdmitted, used[verdict.ShortCode!]);
        Assert.Equal(used.Values.Sum(), (await Admin.Read<Board>("/api/board")).Inside);
        await MustVerify();
        return acks.Count;
    }

    public async ValueTask Close()
    {
        await DisposeAsync();
        Acks.Dispose();
    }
}
