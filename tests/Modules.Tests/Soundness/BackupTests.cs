using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Soundness;

/// <summary>A backup taken while selling comes back whole, on either kind of store, and gives nothing out twice (D9, D11).</summary>
public abstract class BackupTests(TestPark park)
{
    [Fact]
    public async Task A_backup_taken_while_selling_is_restored_and_the_park_goes_on()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType(fen: 1_500, quota: 1_000_000);
        var before = await desk.Sell(type, quantity: 2);
        var folder = Store.NewFolder();
        try
        {
            var (file, passphrase) = (Path.Combine(folder, "park.backup"), Path.Combine(folder, "passphrase"));
            await File.WriteAllTextAsync(passphrase, "eleven geese over the lake");
            using var enough = new CancellationTokenSource();
            var sold = new List<Order>();
            var selling = Task.Run(async () => { while (!enough.IsCancellationRequested) { var order = await desk.Sell(type); lock (sold) sold.Add(order); } });
            try { (await park.Store.Verb("backup", file, "--passphrase-file", passphrase)).MustSucceed(); }
            finally { await enough.CancelAsync(); await selling; }
            Assert.True(sold.Count > 3, "Nothing was sold while the backup was taken.");
            (await park.Store.Verb("verify-backup", file, "--passphrase-file", passphrase)).MustSucceed();
            await DamageIsFound(file, passphrase);

            await using var sqlite = Store.Sqlite();
            await Restored(sqlite, file, passphrase, before, sold);
            await using var postgres = await Store.Postgres();
            await Restored(postgres, file, passphrase, before, sold);
            // A folder that holds a store is not overwritten.
            Assert.NotEqual(0, (await sqlite.Verb("restore", file, "--passphrase-file", passphrase)).ExitCode);
            Assert.NotEqual(0, (await park.Store.Verb("restore", file, "--passphrase-file", passphrase)).ExitCode);
        }
        finally { Directory.Delete(folder, recursive: true); }
        await park.MustVerify();
    }

    private async Task DamageIsFound(string file, string passphrase)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var damaged = file + ".damaged";
        foreach (var at in new[] { 3, bytes.Length / 3, bytes.Length / 2, bytes.Length - 2 })
        {
            var copy = bytes.ToArray();
            copy[at] ^= 0x10;
            await File.WriteAllBytesAsync(damaged, copy);
            Assert.NotEqual(0, (await park.Store.Verb("verify-backup", damaged, "--passphrase-file", passphrase)).ExitCode);
        }
        await File.WriteAllBytesAsync(damaged, bytes[..(bytes.Length * 2 / 3)]);
        Assert.NotEqual(0, (await park.Store.Verb("verify-backup", damaged, "--passphrase-file", passphrase)).ExitCode);
        var wrong = passphrase + ".wrong";
        await File.WriteAllTextAsync(wrong, "twelve geese over the lake");
        Assert.NotEqual(0, (await park.Store.Verb("verify-backup", file, "--passphrase-file", wrong)).ExitCode);
        // Nothing of the park can be read in it.
        Assert.DoesNotContain("OrderPaid", System.Text.Encoding.Latin1.GetString(bytes));
    }

    private async Task Restored(Store store, string file, string passphrase, Order before, List<Order> sold)
    {
        (await store.Verb("restore", file, "--passphrase-file", passphrase)).MustSucceed();
        await using var centre = await Centre.Start(store);
        var epoch = (int)(await park.Admin.Read<JsonObject>("/api/status"))["epoch"]!;
        var admin = new Caller(() => centre.Address);
        await admin.SignIn(park.Admin.Login, park.Admin.Password);
        Assert.Equal(epoch + 1, (int)(await admin.Read<JsonObject>("/api/status"))["epoch"]!);

        // A ticket from before the backup is admitted, once.
        async Task<Verdict> Admit(string code) => (await admin.Post("/api/admissions", new { laneId = park.Lane, code, people = (int?)null })).As<Verdict>();
        Assert.Equal("admitted", (await Admit(before.Tickets[0].Qr)).Word);
        Assert.Equal("alreadyUsed", (await Admit(before.Tickets[0].ShortCode)).Reason);

        // What was sold while the backup ran is in it from the beginning up to one moment, without a gap.
        var found = new List<bool>();
        foreach (var order in sold) found.Add((await admin.Get($"/api/orders/{order.Id}")).Done);
        Assert.Equal(found.OrderDescending(), found);

        // No number that the old store gave out, in the backup or after it, is given a second time.
        var window = (await admin.Read<JsonObject[]>("/api/windows")).Select(w => (Guid)w["id"]!).First();
        var login = park.NewCaller();
        var sale = (await TrySell(admin, store, centre, window))!;
        Assert.DoesNotContain(sale.Number, sold.Append(before).Select(o => o.Number));
        login.Dispose();
        admin.Dispose();
        await centre.Close();
        var verify = await store.Verb("verify", "--json");
        Assert.True(verify.ExitCode == 0, verify.Output + verify.Errors);
    }

    private async Task<Order?> TrySell(Caller admin, Store store, Centre centre, Guid taken)
    {
        var window = admin.NewKey();
        (await admin.Put($"/api/windows/{window}", new { siteId = park.Site, number = 900, name = "恢复窗", f3Action = "none", printer = new { kind = "browser80", autoPrint = false }, active = true })).MustBeDone();
        var shift = (await admin.Post("/api/shifts", new { windowId = window, floatFen = 0 })).As<Shift>();
        var sheet = await admin.Read<PriceSheet>($"/api/price-sheet?day={park.Today:yyyy-MM-dd}");
        var type = sheet.Types[0];
        return (await admin.Post("/api/orders", new Sale(shift.Id, park.Today, sheet.Version, type.UnitFen, [new(type.Id, 1, 1)], [Desk.Cash(type.UnitFen)], false, null))).As<Order>();
    }
}

public sealed class BackupsOnSqlite(SqlitePark park) : BackupTests(park), IClassFixture<SqlitePark>;
// One of the two stores is enough for every push; this one is tried with the long tests.
[Trait("Category", "Proof")]
public sealed class BackupsOnPostgres(PostgresPark park) : BackupTests(park), IClassFixture<PostgresPark>;
