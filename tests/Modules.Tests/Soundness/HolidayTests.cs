using System.Diagnostics;
using System.Text.Json.Nodes;
using Shanmen.Modules.Tests.Harness;

namespace Shanmen.Modules.Tests.Soundness;

/// <summary>A quiet winter day of real visitors, through the same simulation as a Golden Week.</summary>
public class HolidayTests
{
    private const string Day = "2013-01-09";
    private const int Visitors = 383;

    /// <summary>The second run is also the control: its own tally is one fen off, which must fail it and change no other figure.</summary>
    [Fact]
    public async Task Two_runs_with_one_seed_print_identical_figures_and_a_tally_one_fen_off_fails()
    {
        var first = await Live();
        Assert.Equal(Visitors, (int)first["visitors_sold"]!);
        Assert.Equal(Visitors, (int)first["visitors_admitted"]!);
        Assert.True((bool)first["tally_equal"]!);
        Assert.Equal("ok", (string)first["verify"]!);
        Assert.Equal(0, (int)first["ledger_sum"]!);
        var (exit, output, _) = await Run("--break", "tally");
        Assert.Equal(1, exit);
        var second = JsonNode.Parse(output)!.AsObject();
        Assert.False((bool)second["tally_equal"]!);
        Assert.Equal((long)first["sales_fen"]! + 1, (long)second["sales_fen"]!);
        foreach (var own in new[] { "seconds", "tally_equal", "sales_fen" }) Assert.True(first.Remove(own) && second.Remove(own), own);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact, Trait("Category", "Proof")]
    public async Task The_same_day_balances_on_PostgreSQL()
    {
        await using var store = await Store.Postgres();
        var figures = await Live("--store", "postgres", store.Database!);
        Assert.True((bool)figures["tally_equal"]!);
        Assert.Equal("ok", (string)figures["verify"]!);
    }

    private static async Task<JsonObject> Live(params string[] arguments)
    {
        var (exit, output, errors) = await Run(arguments);
        Assert.True(exit == 0, output + errors);
        return JsonNode.Parse(output)!.AsObject();
    }

    private static async Task<(int Exit, string Output, string Errors)> Run(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all = [Path.Combine(Checkout.Root, "tools", "Holiday", "bin", configuration, "net10.0", "Shanmen.Holiday.dll"), "--date", Day, "--json", .. arguments];
        foreach (var argument in all) start.ArgumentList.Add(argument);
        start.Environment["SHANMEN_CENTRE_DLL"] = Checkout.Program;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { process.Kill(entireProcessTree: true); throw new TimeoutException("The day did not end within four minutes."); }
        return (process.ExitCode, await output, await errors);
    }
}
