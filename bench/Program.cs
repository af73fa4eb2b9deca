using System.CommandLine;
using Shanmen.Bench.Runs;
using Shanmen.Client;

// How fast, beside what the machine can do, in the same run. Exit code 0: measured and sound; 1: something acknowledged is not stored, or errors; 2: could not be run.
var store = new Option<string[]>("--store")
{
    Description = "sqlite | postgres \"Host=…;Database=…\" (空库 / an empty database)", Arity = new ArgumentArity(1, 2), AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["sqlite"],
};
var clients = new Option<int>("--clients") { Description = "同时的客户数 / clients at once", DefaultValueFactory = _ => 64 };
var seconds = new Option<double>("--seconds") { Description = "测量秒数 / seconds measured", DefaultValueFactory = _ => 10 };
var warm = new Option<double>("--warm") { Description = "预热秒数 / seconds before", DefaultValueFactory = _ => 3 };
var runs = new Option<int>("--runs") { Description = "重复次数 / how often", DefaultValueFactory = _ => 1 };
var hot = new Option<bool>("--hot") { Description = "大家要同一个 / everybody wants the same one" };
var signed = new Option<bool>("--signed") { Description = "检票时读签名码 / gates read the signed code" };
var json = new Option<bool>("--json") { Description = "每次一行 JSON / one line of JSON a run" };
var root = new RootCommand("测速：每次与同机极限并列 / how fast, beside the machine's own limit");
foreach (var (name, what) in new[] { ("sell", "两张票一单，付款出票 / a paid order of two tickets, issued"), ("admit", "检票 / one scan of a ticket that was not used") })
{
    var verb = new Command(name, what) { store, clients, seconds, warm, runs, hot, signed, json };
    verb.SetAction(async (parsed, cancel) =>
    {
        var sound = true;
        for (var run = 0; run < parsed.GetValue(runs); run++)
        {
            var place = StorePlace.Of(null, parsed.GetValue(store) ?? []);
            place.CleanUp();
            var outcome = await Benchmark.Run(new Wish(name, place.Connection, parsed.GetValue(clients), parsed.GetValue(warm), parsed.GetValue(seconds), parsed.GetValue(hot), parsed.GetValue(signed)),
                Console.Error.WriteLine, cancel);
            sound &= outcome.IsSound;
            Console.WriteLine(parsed.GetValue(json) ? outcome.ToJson() : outcome.ToText());
            if (outcome.Ours.FirstError is { } error) Console.Error.WriteLine($"✗ {error}");
        }
        return sound ? 0 : 1;
    });
    root.Subcommands.Add(verb);
}

try { return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }); }
catch (ClientException why)
{
    Console.Error.WriteLine(why.Message);
    return 2;
}
