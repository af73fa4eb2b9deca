using System.CommandLine;
using System.Globalization;
using Shanmen.Holiday;
using Shanmen.Client;
using Shanmen.Holiday.Visitors;

// A day of real visitors against the real server. Exit code 0: all figures agree; 1: they do not; 2: it could not take place.
const int FindingsShown = 30, StopSecondsMax = 15;
var date = new Option<string>("--date") { Description = "哪一天 / which day: 2012-11-21 … 2016-12-31", DefaultValueFactory = _ => "2016-10-03" };
var seed = new Option<int>("--seed") { Description = "种子：同一种子同样的一天 / the same seed gives the same day", DefaultValueFactory = _ => 1 };
var json = new Option<bool>("--json") { Description = "标准输出只有一行 JSON / one line of JSON on standard output" };
var store = new Option<string[]>("--store")
{
    Description = "sqlite | postgres \"Host=…;Database=…\" (空库 / an empty database)", Arity = new ArgumentArity(1, 2), AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["sqlite"],
};
var data = new Option<string?>("--data") { Description = "空的数据目录，保留 / an empty data folder, which is kept (default: temporary)" };
var broken = new Option<string?>("--break") { Description = "反证：tally 使自记账多一分，必须失败 / control: tally adds one fen, the run must fail" };
broken.AcceptOnlyFromAmong("tally");
var root = new RootCommand("真实客流的一天 / a day of real visitors against the real server") { date, seed, json, store, data, broken };

root.SetAction(async (parsed, cancel) =>
{
    if (!DateOnly.TryParseExact(parsed.GetValue(date), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        throw new ClientException($"--date {parsed.GetValue(date)}: yyyy-MM-dd");
    DailyVisitors.On(day);
    var place = StorePlace.Of(parsed.GetValue(data), parsed.GetValue(store) ?? []);
    var sound = false;
    try
    {
        var outcome = await new HolidayDay(new DayOrder(day, parsed.GetValue(seed), parsed.GetValue(broken) == "tally", place), new Progress()).Live(cancel);
        sound = outcome.IsSound;
        foreach (var finding in outcome.Findings.Take(FindingsShown)) Console.Error.WriteLine($"✗ {finding}");
        if (outcome.Findings.Count > FindingsShown) Console.Error.WriteLine($"✗ … {outcome.Findings.Count - FindingsShown} more");
        Console.WriteLine(parsed.GetValue(json) ? outcome.ToJson() : outcome.ToText());
        return sound ? 0 : 1;
    }
    // Its server is ended first, so whatever was under way breaks in some way or other.
    catch (Exception) when (cancel.IsCancellationRequested) { throw new ClientException("已中止 / stopped."); }
    finally
    {
        // A store in which something is wrong is evidence; where only the tally was broken on purpose, nothing is.
        if (sound || cancel.IsCancellationRequested || parsed.GetValue(broken) is not null) place.CleanUp();
        else if (place.IsOurs) Console.Error.WriteLine($"数据保留在 / the store is kept in {place.Folder}");
    }
});

try { return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(StopSecondsMax) }); }
catch (ClientException why)
{
    Console.Error.WriteLine(why.Message);
    return 2;
}
catch (OperationCanceledException) { return 2; }
