using System.Text;

namespace Shanmen.Modules.Tests.SignIn;

/// <summary>Names, phones and identity numbers are nowhere in clear (I11, Y3): not in the store, its files, logs, figures or lists.</summary>
public abstract class PersonalTextTests(TestPark park)
{
    private const string BuyerName = "司马相如长卿", BuyerPhone = "13587654321", BuyerId = "440301198805121004", StaffName = "诸葛孔明先生", StaffPhone = "18600001234";

    [Fact]
    public async Task What_people_tell_us_about_themselves_stands_nowhere_in_clear()
    {
        var id = park.Admin.NewKey();
        var saved = (await park.Admin.Put($"/api/staff/{id}", new { login = "kongming", name = StaffName, phone = StaffPhone, roles = new[] { "clerk" }, active = true })).As<StaffSaved>();
        Assert.Equal("186****1234", saved.Staff.Phone);
        var clerk = park.NewCaller();
        await clerk.SignIn("kongming", saved.InitialPassword!);
        const string password = "the crouching dragon";
        (await clerk.ChangePassword(saved.InitialPassword!, password)).MustBeDone();
        var desk = await park.OpenDesk(clerk);
        var type = await park.NewType();
        Assert.True(IdIsValid(), "The canary number must be a valid one, or it would never be stored.");
        var order = (await desk.Send(await desk.Draft(type) with { Buyer = new(BuyerName, BuyerPhone, BuyerId) })).As<Order>();
        // A mistyped number is refused, and the refusal and the log do not repeat it.
        var wrong = await desk.Send(await desk.Draft(type) with { Buyer = new(BuyerName, "1358765432", "11010519491231002") });
        wrong.MustBe(400, "wrongFields");
        foreach (var search in new[] { BuyerPhone, BuyerId }) Assert.Single((await clerk.Read<OrderList>($"/api/orders?q={search}")).Rows);
        (await park.Admin.Put($"/api/staff/{id}", new { login = "kongming", name = StaffName, phone = "186****1234", roles = new[] { "clerk" }, active = true })).MustBeDone();
        (await (await park.The("finance")).Get($"/api/orders/{order.Id}")).MustBe(403, "notAllowed");

        var secrets = new[] { password, saved.InitialPassword!, clerk.Cookie! };
        var canaries = new[] { BuyerName, BuyerPhone, BuyerId, BuyerId[6..], StaffPhone, "1358765432" }.Concat(secrets).ToArray();
        foreach (var path in new[] { $"/api/orders?day={park.Today:yyyy-MM-dd}", $"/api/orders/{order.Id}", "/api/staff", $"/api/shifts?day={park.Today:yyyy-MM-dd}", "/api/log", "/api/board", "/metrics", "/api/status", $"/api/reports/day?day={park.Today:yyyy-MM-dd}", $"/api/reports/day.csv?day={park.Today:yyyy-MM-dd}" })
        {
            var reply = await park.Admin.Get(path);
            reply.MustBeDone();
            MustBeAbsent(reply.Text, canaries, path);
        }
        MustBeAbsent(wrong.Text, canaries, "the refusal");
        await foreach (var (where, text) in Kept()) MustBeAbsent(text, canaries, where);
        await park.Centre.Close();
        await foreach (var (where, text) in Kept()) MustBeAbsent(text, canaries, where);
        // The colleagues' names are for each other to see; the facts, which are kept for ever and exported, and the log do without.
        MustBeAbsent(park.Centre.Said, [StaffName], "the log");
        await using (var connection = await park.Store.Open())
            MustBeAbsent(string.Concat((await Store.Rows(connection, "select body from log")).Select(r => r[0])), [StaffName], "the facts");
        // The control: what is not personal is found by the same search, so the search can find.
        Assert.Contains(order.Tickets[0].ShortCode, string.Concat((await ToList(Kept())).Select(k => k.Text)));
    }

    private static bool IdIsValid()
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return "10X98765432"[weights.Select((w, i) => w * (BuyerId[i] - '0')).Sum() % 11] == BuyerId[17];
    }

    /// <summary>Everything that the program left behind: files of its folder, rows of its database, and what it printed.</summary>
    private async IAsyncEnumerable<(string Where, string Text)> Kept()
    {
        foreach (var file in Directory.EnumerateFiles(park.Store.Folder, "*", SearchOption.AllDirectories))
        {
            // Nobody may open the lock beside its holder; it has no content.
            if (Path.GetExtension(file) == ".lock" && new FileInfo(file).Length == 0) continue;
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            // Each byte a character: text in any eight-bit form, and UTF-8 as the canaries are spelled in MustBeAbsent.
            yield return (Path.GetFileName(file), Encoding.Latin1.GetString(bytes));
        }
        if (park.Store.IsPostgres) yield return ("PostgreSQL", await park.Store.Dump());
        yield return ("the log", park.Centre.Said);
    }

    private static async Task<List<(string Where, string Text)>> ToList(IAsyncEnumerable<(string, string)> all)
    {
        var list = new List<(string, string)>();
        await foreach (var one in all) list.Add(one);
        return list;
    }

    private static void MustBeAbsent(string text, string[] canaries, string where)
    {
        foreach (var canary in canaries)
            foreach (var spelled in new[] { canary, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(canary)), Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(canary)), Convert.ToHexString(Encoding.UTF8.GetBytes(canary)), Convert.ToBase64String(Encoding.UTF8.GetBytes(canary)) })
                Assert.False(text.Contains(spelled, StringComparison.OrdinalIgnoreCase), $"{canary} stands in {where}.");
    }
}

public sealed class PersonalTextOnSqlite(SqlitePark park) : PersonalTextTests(park), IClassFixture<SqlitePark>;
public sealed class PersonalTextOnPostgres(PostgresPark park) : PersonalTextTests(park), IClassFixture<PostgresPark>;
