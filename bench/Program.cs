using System.CommandLine;
using Npgsql;
using Shanmen.Bench.Runs;
using Shanmen.Client;

// How fast, beside what the machine can do, in the same run. Exit code 0: measured and sound; 1: something acknowledged is not stored, or errors; 2: could not be run.
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
var orders = new Option<int>("--orders") { Description = "先卖出的订单数 / orders sold before", DefaultValueFactory = _ => 200_000 };
var times = new Option<int>("--times") { Description = "每种启动几次 / starts of each kind", DefaultValueFactory = _ => 5 };
var root = new RootCommand("测速：每次与同机极限并列 / how fast, beside the machine's own limit");
foreach (var (name, what) in new[]
{
    ("sell", "两张票一单，付款出票 / a paid order of two tickets, issued"), ("admit", "检票 / one scan of a ticket that was not used"), ("spend", "钱包消费 / a charge of a purse"),
})
{
    var verb = new Command(name, what) { store, clients, seconds, warm, runs, hot, signed, json, spoil };
    verb.SetAction(async (parsed, cancel) =>
    {
        var sound = true;
        for (var run = 0; run < parsed.GetValue(runs); run++)
        {
            await using var database = await DatabaseOf(parsed.GetValue(store));
            var outcome = await Benchmark.Run(new Wish(name, database.Connection, parsed.GetValue(clients), parsed.GetValue(warm), parsed.GetValue(seconds), parsed.GetValue(hot), parsed.GetValue(signed),
                parsed.GetValue(spoil)), Console.Error.WriteLine, cancel);
            sound &= outcome.IsSound;
            Console.WriteLine(parsed.GetValue(json) ? outcome.ToJson() : outcome.ToText());
            foreach (var complaint in outcome.Complaints) Console.Error.WriteLine($"✗ {complaint}");
        }
        return sound ? 0 : 1;
    });
    root.Subcommands.Add(verb);
}
var starting = new Command("start", "卖出许多订单之后，多久能启动 / how soon it serves again with many orders in the store") { store, orders, times, clients, json };
starting.SetAction(async (parsed, cancel) =>
{
    await using var database = await DatabaseOf(parsed.GetValue(store));
    var found = await Starting.Run(database.Connection, parsed.GetValue(orders), parsed.GetValue(times), parsed.GetValue(clients), Console.Error.WriteLine, cancel);
    Console.WriteLine(parsed.GetValue(json) ? found.ToJson() : found.ToText());
    return 0;
});
root.Subcommands.Add(starting);
var inFolder = new Option<string?>("--in") { Description = "库留在这个目录，下次接着用 / the store stays in this folder and is found there again" };
var all = new Option<long>("--orders") { Description = "库里应有的订单数 / orders that the store shall hold" };
var days = new Option<int>("--days") { Description = "分多少营业日卖出 / business days over which they are sold" };
var many = new Option<int>("--clients") { Description = "同时的客户数 / clients at once", DefaultValueFactory = _ => Filling.Clients };
var fill = new Command("fill", "按营业日卖出许多订单：开班、交班、日结 / many orders, day by day: shifts opened and counted, days closed") { store, inFolder, all, days, many, json };
fill.SetAction(async (parsed, cancel) =>
{
    await using var database = await DatabaseOf(parsed.GetValue(store));
    using var kept = BenchStore.Of(parsed.GetValue(inFolder), database.Connection);
    var filled = await Filling.Run(kept, parsed.GetValue(all), parsed.GetValue(days), parsed.GetValue(many), Console.Error.WriteLine, cancel);
    Console.WriteLine(parsed.GetValue(json) ? filled.ToJson() : filled.ToText());
    return 0;
});
root.Subcommands.Add(fill);

try { return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }); }
catch (Exception why) when (why is ClientException or NpgsqlException)
{
    Console.Error.WriteLine(why.Message);
    return 2;
}

static async Task<RunDatabase> DatabaseOf(string[]? words) => words switch
{
    ["postgres"] => await RunDatabase.Make(),
    _ => RunDatabase.Named(StorePlace.ConnectionOf(words ?? [])),
};
