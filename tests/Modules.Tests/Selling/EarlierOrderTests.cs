using Npgsql;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>Unpaid orders that an earlier program placed have no hold in the ledger; they end as any other (docs/algorithms/ledger.md).</summary>
public class EarlierOrderTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "fixtures", "unpaid-003");
    private static readonly Dictionary<string, string> Simulation = new() { ["SHANMEN__SIMULATION"] = "1" };
    private const string Day = "2010-01-01";

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_unpaid_order_of_an_earlier_program_is_paid_given_up_or_runs_out(bool postgres)
    {
        await using var store = await Copy(postgres);
        var now = DateTimeOffset.UnixEpoch.AddYears(40);
        Guid third;
        await using (var centre = await Centre.Start(store, Simulation))
        {
            using var admin = new Caller(() => centre.Address) { Clock = () => now };
            await admin.SignIn("admin", "first administrator");
            var shift = (await admin.Read<Shift>("/api/shifts/current")).Id;
            var unpaid = (await admin.Read<OrderList>($"/api/orders?day={Day}&state=ordered")).Rows.OrderBy(o => o.Quantity).ToArray();
            Assert.Equal([1, 2, 3], unpaid.Select(o => o.Quantity));
            Assert.Equal(0, await Left(admin));

            var paid = (await admin.Post($"/api/orders/{unpaid[0].OrderId}/pay", new { shiftId = shift, payments = new[] { Desk.Cash(10_000) } })).As<Order>();
            Assert.Equal("paid", paid.State);
            Assert.Single(paid.Tickets);
            Assert.Equal(0, await Left(admin));
            Assert.Equal("cancelled", (await admin.Post($"/api/orders/{unpaid[1].OrderId}/cancel", new { shiftId = shift })).As<Order>().State);
            Assert.Equal(2, await Left(admin));
            third = unpaid[2].OrderId;

            // The third's time passes and the program ends; a simulation goes on from its newest fact.
            now = now.AddMinutes(16);
            (await admin.Send(admin.Request(HttpMethod.Post, "/api/simulation/clock", $"{{\"at\":\"{now:yyyy-MM-ddTHH:mm:ss.fffZ}\"}}"))).MustBeDone();
            (await admin.Post($"/api/windows/{paid.WindowId}/drawer", new { shiftId = shift })).MustBeDone();
            (await admin.Post($"/api/orders/{third}/pay", new { shiftId = shift, payments = new[] { Desk.Cash(30_000) } })).MustBeProblem();
            await centre.Close();
        }
        await using (var again = await Centre.Start(store, Simulation))
        {
            using var admin = new Caller(() => again.Address) { Clock = () => now };
            await admin.SignIn("admin", "first administrator");
            for (var waited = 0; waited < 60 && (await admin.Read<Order>($"/api/orders/{third}")).State != "expired"; waited++) await Task.Delay(500);
            Assert.Equal("expired", (await admin.Read<Order>($"/api/orders/{third}")).State);
            Assert.Equal(5, await Left(admin));
            await again.Close();
        }
        (await store.Verb("verify")).MustSucceed();
    }

    private static async Task<int?> Left(Caller admin) => (await admin.Read<PriceSheet>($"/api/price-sheet?day={Day}")).Types.Single().Left;

    private static async Task<Store> Copy(bool postgres)
    {
        var store = postgres ? await Store.Postgres() : Store.Sqlite();
        File.Copy(Path.Combine(Folder, postgres ? "postgres-keys.json" : "keys.json"), Path.Combine(store.Folder, "keys.json"));
        if (!postgres)
        {
            File.Copy(Path.Combine(Folder, "shanmen.db"), Path.Combine(store.Folder, "shanmen.db"));
            return store;
        }
        await using var connection = new NpgsqlConnection(store.Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var load = new NpgsqlCommand(await File.ReadAllTextAsync(Path.Combine(Folder, "postgres.sql")), connection);
        await load.ExecuteNonQueryAsync();
        return store;
    }
}
