using System.Text;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.SignIn;

/// <summary>
/// Kept answers and facts are not protected, so nothing personal stands in them – and yet every answer shows it, and the
/// repeat of a request gets the first answer to the letter (I11, C3).
/// </summary>
public abstract class KeptNamesTests(TestPark park)
{
    private const string ClerkName = "尉迟敬德将军", ClerkPhone = "18600004321", FinanceName = "长孙无忌司空", BuyerName = "上官婉儿昭容", BuyerPhone = "13911112222", BuyerId = "11010519491231002X";
    private const string MaskedName = "上*****", MaskedPhone = "139****2222", MaskedId = "1101**********002X";

    [Fact]
    public async Task Nothing_personal_is_kept_in_clear_and_each_repeat_is_the_first_answer()
    {
        var (clerk, finance) = (await Employ("jingde", ClerkName, ClerkPhone, "clerk"), await Employ("wuji", FinanceName, "", "finance"));
        var (guard, manager, type) = (await park.The("gateGuard"), await park.The("manager"), await park.NewType(fen: 5_000));
        var window = await park.NewWindow();
        var shift = (await Twice(clerk, "/api/shifts", new { windowId = window, floatFen = 10_000 }, ClerkName)).As<Shift>();
        var desk = new Desk(park, clerk, shift.Id, window);
        var buyer = new BuyerAsked(BuyerName, BuyerPhone, BuyerId);

        string[] shown = [ClerkName, MaskedName, MaskedPhone, MaskedId];
        var sold = (await Twice(clerk, "/api/orders", await desk.Draft(type, quantity: 3) with { Buyer = buyer }, shown)).As<Order>();
        Assert.Equal(new Buyer(MaskedName, MaskedPhone, MaskedId), sold.Buyer);
        Assert.Equal(sold.Buyer, (await desk.Order(sold.Id)).Buyer);
        Assert.Equal(["主园"], sold.Tickets[0].SiteNames);
        var draft = await desk.Draft(type, payments: []) with { Buyer = buyer };
        var (held, given) = ((await Twice(clerk, "/api/orders", draft, shown)).As<Order>(), (await Twice(clerk, "/api/orders", draft, shown)).As<Order>());
        await Twice(clerk, $"/api/orders/{held.Id}/pay", new { shiftId = shift.Id, payments = new[] { Desk.Cash(5_000) } }, shown);
        await Twice(clerk, $"/api/orders/{given.Id}/cancel", new { shiftId = shift.Id }, shown);
        await Twice(clerk, $"/api/orders/{sold.Id}/reprints", new { ticketIds = new[] { sold.Tickets[0].Id } }, shown);
        await Twice(clerk, "/api/returns",
            new { shiftId = shift.Id, kind = "return", tickets = new[] { sold.Tickets[1].Id }, reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password }, shown);
        await Twice(clerk, $"/api/windows/{window}/drawer", new { shiftId = shift.Id });
        // A visitor who lays an identity card on the reader, or a guard who types a phone number, leaves neither in the log.
        foreach (var laid in new[] { BuyerId, BuyerPhone }) Assert.Equal("refused", (await Twice(guard, "/api/admissions", new { laneId = park.Lane, code = laid, people = 1 })).As<Verdict>().Word);
        await Twice(guard, "/api/admissions", new { laneId = park.Lane, code = sold.Tickets[0].Qr, people = 1 });
        var key = clerk.NewKey();
        foreach (var _ in new[] { 1, 2 }) (await clerk.Post($"/api/shifts/{shift.Id}/close", new { countedFen = 1, reason = "" }, key)).MustBe(422, "reasonNeeded");
        await Twice(clerk, $"/api/shifts/{shift.Id}/close", new { countedFen = 25_000, reason = "再点一次" }, ClerkName);
        await Twice(finance, $"/api/days/{park.Today:yyyy-MM-dd}/close", new { }, ClerkName, FinanceName);
        await park.MustVerify();

        var kept = await park.Store.Dump();
        foreach (var word in new[] { ClerkName, ClerkPhone, FinanceName, BuyerName, BuyerPhone, BuyerId, MaskedName, "186****4321" })
            foreach (var spelled in new[] { word, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(word)), Convert.ToBase64String(Encoding.UTF8.GetBytes(word)) })
                Assert.False(kept.Contains(spelled, StringComparison.Ordinal), $"{word} stands in the store: {kept[Math.Max(0, kept.IndexOf(spelled, StringComparison.Ordinal) - 200)..][..220]}");
        // The control: the same search finds what is not personal.
        Assert.Contains(sold.Tickets[0].ShortCode, kept);
        Assert.Contains("试验景区", kept);
    }

    /// <summary>Enrols somebody by this name, changes the phone, and signs in.</summary>
    private async Task<Caller> Employ(string login, string name, string phone, string role)
    {
        var id = park.Admin.NewKey();
        object Body(string tel) => new { login, name, phone = tel, roles = new[] { role }, active = true };
        var key = park.Admin.NewKey();
        var first = await park.Admin.Put($"/api/staff/{id}", Body(phone), key);
        var password = first.As<StaffSaved>().InitialPassword!;
        // A password is shown once; the rest of the repeat is the same.
        var repeat = JsonNode.Parse((await park.Admin.Put($"/api/staff/{id}", Body(phone), key)).Text)!;
        Assert.Null(repeat["initialPassword"]);
        Assert.Equal(JsonNode.Parse(first.Text)!["staff"]!.ToJsonString(), repeat["staff"]!.ToJsonString());
        key = park.Admin.NewKey();
        var (again, third) = (await park.Admin.Put($"/api/staff/{id}", Body(""), key), await park.Admin.Put($"/api/staff/{id}", Body(""), key));
        Assert.Equal(again.Text, third.Text);
        Assert.Equal((name, phone.Length == 0 ? "" : $"{phone[..3]}****{phone[7..]}"), (again.As<StaffSaved>().Staff.Name, again.As<StaffSaved>().Staff.Phone));
        var caller = park.NewCaller();
        await caller.SignIn(login, password);
        (await caller.ChangePassword(password, $"own words of {login}")).MustBeDone();
        return caller;
    }

    private static async Task<Reply> Twice(Caller caller, string path, object body, params string[] shows)
    {
        var key = caller.NewKey();
        var (first, second) = (await caller.Post(path, body, key), await caller.Post(path, body, key));
        first.MustBeDone();
        Assert.Equal((first.Status, first.Text, true), (second.Status, second.Text, second.Replayed));
        foreach (var word in shows) Assert.Contains(word, first.Text);
        return first;
    }
}

public sealed class KeptNamesOnSqlite(SqlitePark park) : KeptNamesTests(park), IClassFixture<SqlitePark>;
public sealed class KeptNamesOnPostgres(PostgresPark park) : KeptNamesTests(park), IClassFixture<PostgresPark>;
