using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Shanmen.Modules.Tests.Soundness;

/// <summary>The benchmarks measure what they say, on small figures: each limit stands beside ours, and a run that lost something is not taken for a fast one.</summary>
public class BenchTests
{
    [Theory, InlineData("sell"), InlineData("spend")]
    public async Task A_run_whose_store_lost_one_row_fails_for_that_alone(string bench)
    {
        var figures = await Measure(1, bench, "--break", "row");
        Assert.Equal((long)figures["acknowledged"]! - 1, (long)figures["rows"]!);
        Positive(figures);
    }

    [Fact]
    public async Task A_purse_that_is_one_fen_off_fails_the_run()
    {
        var figures = await Measure(1, "spend", "--hot", "--break", "balance");
        Assert.Equal((long)figures["acknowledged"]!, (long)figures["rows"]!);
        Assert.Equal(1, (int)figures["differences"]!);
    }

    [Theory, InlineData("sell", "--hot"), InlineData("admit", "--signed"), Trait("Category", "Proof")]
    public async Task A_run_on_PostgreSQL_counts_what_the_database_costs_and_leaves_no_yardstick_behind(string bench, string option)
    {
        await using var store = await Store.Postgres();
        var figures = await Measure(0, bench, option, "--store", "postgres", store.Database!);
        Assert.Equal((long)figures["acknowledged"]!, (long)figures["rows"]!);
        Positive(figures);
        // One call of a function costs PostgreSQL more than a request costs any process that it only waits for.
        Assert.InRange((double)figures["limit_cpu_us_per_op"]!, 20, 100_000);
        Assert.InRange((double)figures["cpu_us_per_op"]!, 20, 1_000_000);
        await using var connection = await store.Open();
        Assert.Empty(await Store.Rows(connection, "select 1 from information_schema.schemata where schema_name = 'yardstick'"));
    }

    [Fact, Trait("Category", "Proof")]
    public async Task A_start_is_measured_after_a_stop_and_after_a_kill()
    {
        var figures = await Measure(0, "start", "--orders", "200", "--times", "1");
        Assert.Equal(200, (long)figures["orders"]!);
        foreach (var name in new[] { "start_ms", "start_after_kill_ms", "empty_start_ms", "idle_rss_mb", "loaded_rss_mb", "bytes_per_order" })
            Assert.True((double)figures[name]! > 0, $"{name} is {figures[name]}");
    }

    [Fact, Trait("Category", "Proof")]
    public async Task A_store_that_was_filled_day_by_day_is_sound_and_is_measured_on_its_next_day()
    {
        var folder = Directory.CreateTempSubdirectory("shanmen-fill-").FullName;
        try
        {
            var filled = await Measure(0, "fill", "--orders", "300", "--days", "3", "--in", folder, "--verify");
            Assert.Equal((300, 3, "ok"), ((long)filled["orders"]!, (int)filled["days"]!, (string)filled["verify"]!));
            foreach (var name in new[] { "per_second", "tenth_ratio", "bytes_per_order", "day_close_ms", "rss_mb", "verify_seconds", "verify_peak_mb" })
                Assert.True((double)filled[name]! > 0, $"{name} is {filled[name]}");
            var figures = await Measure(0, "sell", "--in", folder);
            Assert.Equal(300, (long)figures["orders_before"]!);
            Assert.Equal((long)figures["acknowledged"]!, (long)figures["rows"]!);
            Positive(figures);

            await using var store = new SqliteConnection($"Data Source={Path.Combine(folder, "store", "shanmen.db")};Mode=ReadOnly;Pooling=false");
            await store.OpenAsync();
            var days = await Store.Rows(store, "select d.state, count(o.id) from business_day d join orders o on o.day = d.day group by d.day order by d.day");
            Assert.Equal(["Closed, 100", "Closed, 100", "Closed, 100"], days.Take(3).Select(d => string.Join(", ", d)));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task Quotes_are_measured_and_those_that_say_another_price_fail_the_run()
    {
        var figures = await Measure(1, "quote", "--break");
        Assert.Equal((1, 6), ((int)figures["clients"]!, (int)figures["lines"]!));
        // The twenty that were asked after the prices had changed, and none of those that were measured.
        Assert.Equal(20, (int)figures["errors"]!);
        Assert.True((int)figures["rules"]! > 50, figures.ToJsonString());
        foreach (var name in new[] { "per_second", "p50_ms", "p99_ms", "cpu_us_per_op", "answered", "floor_p50_ms" }) Assert.True((double)figures[name]! > 0, $"{name} is {figures[name]}");
    }

    [Fact]
    public async Task Searches_are_measured_and_one_buyer_less_is_noticed()
    {
        var figures = await Measure(1, "search", "--orders", "20000", "--break");
        var found = figures["found"]!.AsObject();
        Assert.Equal([("phoneTail", 3), ("phone", 3), ("name", 3), ("number", 1), ("numberEnd", 1), ("day", 20_000)], found.Select(f => (f.Key, (int)f.Value!["orders"]!)));
        // Those that ask for the buyer who was taken away, and no others.
        Assert.Equal(["number", "numberEnd", "day"], found.Where(f => (double)f.Value!["per_second"]! > 0).Select(f => f.Key));
        Assert.True((long)figures["errors"]! > 0);
    }

    private static void Positive(JsonObject figures)
    {
        Assert.Equal((0, 0), ((int)figures["errors"]!, (int)figures["differences"]!));
        foreach (var name in new[] { "per_second", "limit_per_second", "ratio", "p50_ms", "limit_p50_ms", "cpu_ratio" }) Assert.True((double)figures[name]! > 0, $"{name} is {figures[name]}");
    }

    private static async Task<JsonObject> Measure(int exit, string bench, params string[] options)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string[] quick = bench is "start" or "fill" ? ["--clients", "1"] : ["--clients", "1", "--warm", "0.2", "--seconds", "0.5"];
        string[] all = [Path.Combine(Checkout.Root, "bench", "bin", configuration, "net10.0", "Shanmen.Bench.dll"), bench, "--json", .. quick, .. options];
        var start = new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SHANMEN_CENTRE_DLL"] = Checkout.Program;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { process.Kill(entireProcessTree: true); throw new TimeoutException($"{bench} did not end within three minutes."); }
        Assert.True(process.ExitCode == exit, $"{process.ExitCode}: {await output}{await errors}");
        return JsonNode.Parse(await output)!.AsObject();
    }
}
