using System.CommandLine;
using Npgsql;
using Shanmen.Bench.Runs;
using Shanmen.Client;

// How fast, beside what the machine can do, in the same run. Exit code 0: measured and sound; 1: something acknowledged is not stored, or errors; 2: could not be run.
const int StopSecondsMax = 30;
var store = new Option<string[]>("--store")
{
    Description = "sqlite | postgres (临时库 / one of its own) | postgres \"Host=…;Database=…\" (空库 / an empty database)", Arity = new ArgumentArity(1, 2), AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["sqlite"],
};
var clients = new Option<int>("--clients") { Description = "同时的客户数 / clients at once", DefaultValueFactory = _ => 64 };
var seconds = new Option<double>("--seconds") { Description = "测量秒数 / seconds measured", DefaultValueFactory = _ => 10 };
var warm = new Option<double>("--warm") { Description = "预热秒数 / seconds before", DefaultValueFactory = _ => 3 };
var runs = new Option<int>("--runs") { Description = "重复次数 / how often", DefaultValueFactory = _ => 1 };
var hot = new Option<bool>("--hot") { Description = "大家要同一个 / everybody wants the same one" };
var signed = new Option<bool>("--signed") { Description = "检票时读签名码 / gates read the signed code" };
var json = new Option<bool>("--json") { Description = "每次一行 JSON / one line of JSON a run" };
var spoil = new Option<Spoil>("--break") { Description = "弄坏库，看能否发现：拿走一笔 row，改一个余额 balance / spoils the store, to see that it is noticed: one row, or one balance" };
var orders = new Option<int>("--orders") { Description = "库里先应有的订单数 / orders that the store shall hold before" };
var days = new Option<int>("--days") { Description = "订单分多少营业日卖出，每日开班、交班、日结 / business days over which they are sold, each opened, counted and closed" };
var keep = new Option<string?>("--in") { Description = "库留在这个目录，下次接着用 / the store stays in this folder and is found there again" };
var times = new Option<int>("--times") { Description = "每种启动几次 / starts of each kind", DefaultValueFactory = _ => 5 };
var root = new RootCommand("测速：每次与同机极限并列 / how fast, beside the machine's own limit");
foreach (var (name, what) in new[]
{
    ("sell", "两张票一单，付款出票 / a paid order of two tickets, issued"), ("admit", "检票 / one scan of a ticket that was not used"), ("spend", "钱包消费 / a charge of a purse"),
})
{
    var verb = new Command(name, what) { store, clients, seconds, warm, runs, hot, signed, json, spoil, orders, days, keep };
    verb.SetAction(async (parsed, cancel) =>
    {
        var sound = true;
        var isFilled = parsed.GetValue(keep) is not null || parsed.GetValue(orders) > 0;
        await using var first = isFilled ? await DatabaseOf(parsed) : null;
        using var filled = first is null ? null : await FilledOf(parsed, first, parsed.GetValue(orders), cancel);
        for (var run = 0; run < parsed.GetValue(runs); run++)
        {
            // A run has a store of its own, unless it is measured on a filled one: there it has a business day of its own.
            await using var own = filled is null ? await DatabaseOf(parsed) : null;
            var outcome = await Benchmark.Run(new Wish(name, (own ?? first)!.Connection, parsed.GetValue(clients), parsed.GetValue(warm), parsed.GetValue(seconds), parsed.GetValue(hot), parsed.GetValue(signed),
                parsed.GetValue(spoil)), filled, Console.Error.WriteLine, cancel);
            sound &= outcome.IsSound;
            Console.WriteLine(parsed.GetValue(json) ? outcome.ToJson() : outcome.ToText());
            foreach (var complaint in outcome.Complaints) Console.Error.WriteLine($"✗ {complaint}");
        }
        return sound ? 0 : 1;
    });
    root.Subcommands.Add(verb);
}
var starting = new Command("start", "卖出许多订单之后，多久能启动（不给 --orders 则 20 万单）/ how soon it serves again with many orders in the store, 200,000 unless --orders says") { store, orders, days, keep, times, clients, json };
starting.SetAction(async (parsed, cancel) =>
{
    await using var database = await DatabaseOf(parsed);
    var sold = parsed.GetValue(orders) is > 0 and var many ? many : Starting.OrdersUsual;
    using var filled = parsed.GetValue(keep) is not null ? await FilledOf(parsed, database, parsed.GetValue(orders), cancel)
        : parsed.GetValue(days) > 0 ? await FilledOf(parsed, database, sold, cancel) : null;
    var found = filled is null ? await Starting.Run(database.Connection, sold, parsed.GetValue(times), parsed.GetValue(clients), Console.Error.WriteLine, cancel)
        : await Starting.Run(filled, parsed.GetValue(times), parsed.GetValue(clients), Console.Error.WriteLine, cancel);
    Console.WriteLine(parsed.GetValue(json) ? found.ToJson() : found.ToText());
    return 0;
});
root.Subcommands.Add(starting);
var askers = new Option<int>("--clients") { Description = "同时的客户数 / clients at once", DefaultValueFactory = _ => 1 };
var change = new Option<bool>("--break") { Description = "测完换价格版本再问，看能否发现 / changes the prices afterwards and asks again, to see that it is noticed" };
var quote = new Command("quote", "一家四口六行的试算 / what a party of four with six lines would pay") { store, askers, seconds, warm, runs, json, change };
quote.SetAction(async (parsed, cancel) =>
{
    var sound = true;
    for (var run = 0; run < parsed.GetValue(runs); run++)
    {
        await using var database = await DatabaseOf(parsed);
        var found = await Quoting.Run(database.Connection, parsed.GetValue(askers), parsed.GetValue(warm), parsed.GetValue(seconds), parsed.GetValue(change), Console.Error.WriteLine, cancel);
        sound &= found.IsSound;
        Console.WriteLine(parsed.GetValue(json) ? found.ToJson() : found.ToText());
        foreach (var complaint in found.Complaints) Console.Error.WriteLine($"✗ {complaint}");
    }
    return sound ? 0 : 1;
});
root.Subcommands.Add(quote);
var lost = new Option<bool>("--break") { Description = "提问前拿走一位购票人，看能否发现 / takes one buyer away before asking, to see that it is noticed" };
var search = new Command("search", "在许多订单里查找（不给 --orders 则 100 万单）/ finding an order among many, a million unless --orders says") { store, askers, seconds, warm, json, orders, lost };
search.SetAction(async (parsed, cancel) =>
{
    await using var database = await DatabaseOf(parsed);
    var found = await Searching.Run(database.Connection, parsed.GetValue(orders) is > 0 and var many ? many : 1_000_000, parsed.GetValue(askers), parsed.GetValue(warm), parsed.GetValue(seconds), parsed.GetValue(lost),
        Console.Error.WriteLine, cancel);
    Console.WriteLine(parsed.GetValue(json) ? found.ToJson() : found.ToText());
    foreach (var complaint in found.Complaints) Console.Error.WriteLine($"✗ {complaint}");
    return found.IsSound ? 0 : 1;
});
root.Subcommands.Add(search);
var verify = new Option<bool>("--verify") { Description = "停止后全面核验 / stops it and checks the whole store" };
var sellers = new Option<int>("--clients") { Description = "同时的客户数 / clients at once", DefaultValueFactory = _ => Filling.Clients };
var fill = new Command("fill", "按营业日卖出许多订单 / sells many orders, day by day") { store, orders, days, keep, sellers, json, verify };
fill.SetAction(async (parsed, cancel) =>
{
    await using var database = await DatabaseOf(parsed);
    using var place = BenchStore.Of(parsed.GetValue(keep), database.Connection);
    var filled = await Filling.Run(place, parsed.GetValue(orders), parsed.GetValue(days), parsed.GetValue(sellers), Console.Error.WriteLine, cancel);
    if (parsed.GetValue(verify)) filled = await Filling.Verify(place, filled, Console.Error.WriteLine, cancel);
    Console.WriteLine(parsed.GetValue(json) ? filled.ToJson() : filled.ToText());
    return filled.IsSound ? 0 : 1;
});
root.Subcommands.Add(fill);

try { return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(StopSecondsMax) }); }
catch (Exception why) when (why is ClientException or NpgsqlException)
{
    Console.Error.WriteLine(why.Message);
    return 2;
}
catch (OperationCanceledException) { return 2; }

// A store that stays needs a database that stays.
async Task<RunDatabase> DatabaseOf(ParseResult parsed) => parsed.GetValue(store) switch
{
    ["postgres"] when parsed.GetValue(keep) is null => await RunDatabase.Make(),
    var words => RunDatabase.Named(StorePlace.ConnectionOf(words ?? [])),
};

async Task<BenchStore> FilledOf(ParseResult parsed, RunDatabase database, long wanted, CancellationToken cancel)
{
    var place = BenchStore.Of(parsed.GetValue(keep), database.Connection);
    try
    {
        // Nothing is wanted of a store that was filled before.
        if (wanted > 0 || place.Book is null) await Filling.Run(place, wanted, parsed.GetValue(days), Filling.Clients, Console.Error.WriteLine, cancel);
        return place;
    }
    catch { place.Dispose(); throw; }
}
