using FsCheck;
using FsCheck.Fluent;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>
/// Random scripts of windows, gate and office against a naive park, through the program's own API. A failure prints its seed, as
/// "(seed, gamma)", and the shortest script that still fails.
/// </summary>
public abstract class SalesScriptTests(TestPark park)
{
    private const int Scripts = 10;

    [Fact]
    public async Task Any_script_of_sales_holds_payments_admissions_returns_and_quotas_ends_as_a_naive_park_says()
    {
        var desk = await park.NewDesk();
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Scripts), Agrees(desk, forgetsHolds: false)));
        await park.MustVerify();
    }

    protected Property Agrees(Desk desk, bool forgetsHolds) =>
        Prop.ForAll(Arb.From(Any, Shorter), steps => Run(desk, steps, forgetsHolds).GetAwaiter().GetResult());

    private async Task<bool> Run(Desk desk, Step[] steps, bool forgetsHolds)
    {
        // A type of its own, so that every script begins with nothing sold.
        var (type, naive, orders) = (await park.NewType(quota: NaivePark.FirstQuota), new NaivePark(forgetsHolds), new List<Guid>());
        var tickets = new Dictionary<Guid, Ticket[]>();
        var (sale, unpaid) = (await desk.Draft(type), await desk.Draft(type, payments: []));
        foreach (var (step, at) in steps.Select((step, at) => (step, at)))
        {
            // Who is meant is settled before the step: afterwards there may be more of them.
            var meant = tickets.Count == 0 ? [] : orders.SelectMany(o => tickets.GetValueOrDefault(o) ?? []).ToArray();
            if (naive.Do(step) is not { } should) continue;
            var done = step.Deed switch
            {
                Deed.Sell or Deed.Order => await Place(step),
                Deed.Pay => await Known(await desk.Clerk.Post($"/api/orders/{orders[step.Which % orders.Count]}/pay",
                    new { shiftId = desk.Shift, payments = new[] { Desk.Cash(sale.TotalFen * naive.Orders[step.Which % orders.Count].People) } })),
                Deed.Cancel => (await desk.Clerk.Post($"/api/orders/{orders[step.Which % orders.Count]}/cancel", new { shiftId = desk.Shift })).Done,
                Deed.Admit => (await park.Admit(meant[step.Which % meant.Length].Qr)).Word == "admitted",
                Deed.Return => (await desk.Return(meant[step.Which % meant.Length].Id, await park.The("manager"))).Done,
                _ => (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = (long?)null, quota = step.Which * 2, unlimited = false })).Done,
            };
            if (done != should) throw new Xunit.Sdk.XunitException($"step {at} ({step}) was {(done ? "done" : "refused")}, and should be {(should ? "done" : "refused")}");
        }
        Assert.Equal(naive.Left, (await desk.Offer(type)).Left);
        Assert.Equal(naive.Sold + naive.Held, (await park.Admin.Read<TypeDay[]>($"/api/ticket-types/{type}/days?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}")).Single().Sold);
        var now = new List<Order>();
        foreach (var id in orders) now.Add(await desk.Order(id));
        Assert.Equal(naive.Orders.Select(o => o.State), now.Select(o => o.State));
        Assert.Equal(naive.Used, now.Sum(o => o.Tickets.Sum(t => t.Used)));
        return true;

        async Task<bool> Place(Step step)
        {
            var total = sale.TotalFen * step.People;
            var draft = step.Deed == Deed.Sell ? sale with { Payments = [Desk.Cash(total)] } : unpaid;
            var reply = await desk.Send(draft with { TotalFen = total, Lines = [new SaleLine(type, step.People, 1)] });
            if (!reply.Done) reply.MustBe(409, "soldOut");
            else orders.Add(reply.As<Order>().Id);
            return await Known(reply);
        }

        Task<bool> Known(Reply reply)
        {
            if (reply.Done) tickets[reply.As<Order>().Id] = reply.As<Order>().Tickets;
            return Task.FromResult(reply.Done);
        }
    }

    private static readonly Gen<Step[]> Any =
        from length in Gen.Choose(5, 30)
        from steps in (from deed in Gen.Frequency((5, Gen.Elements(Deed.Sell, Deed.Order, Deed.Order)), (4, Gen.Elements(Deed.Pay, Deed.Cancel)), (3, Gen.Constant(Deed.Admit)),
                            (1, Gen.Elements(Deed.Return, Deed.Quota)))
                       from which in Gen.Choose(0, 7)
                       from people in Gen.Choose(1, 4)
                       select new Step(deed, which, people)).ArrayOf(length)
        select steps;

    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        if (steps.Length > 2)
        {
            yield return steps[..(steps.Length / 2)];
            yield return steps[(steps.Length / 2)..];
        }
        for (var i = 0; i < steps.Length && steps.Length > 1; i++) yield return [.. steps[..i], .. steps[(i + 1)..]];
    }
}

public sealed class SalesScriptsOnSqlite(SqlitePark park) : SalesScriptTests(park), IClassFixture<SqlitePark>
{
    private readonly SqlitePark _park = park;

    [Fact]
    public async Task Control_a_naive_park_that_forgets_holds_is_told_from_the_real_one()
    {
        var desk = await _park.NewDesk();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Agrees(desk, forgetsHolds: true))));
        Assert.Matches(@"\(\d+,\s*\d+\)", failure.Message);
        Assert.Contains("Order", failure.Message);
    }
}

public sealed class SalesScriptsOnPostgres(PostgresPark park) : SalesScriptTests(park), IClassFixture<PostgresPark>;
