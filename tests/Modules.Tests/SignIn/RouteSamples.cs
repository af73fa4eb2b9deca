namespace Shanmen.Modules.Tests.SignIn;

/// <summary>One good request for each route, about things of the first park, so that only who asks decides.</summary>
internal sealed class RouteSamples(TestPark park, Desk desk, Caller manager)
{
    private sealed record Sample(Func<Caller, Task<string>> Path, Func<Caller, object?> Body, bool IsKeyed = true);

    private Dictionary<string, Sample>? _all;
    private Guid _type, _staff, _quota, _external, _list, _kind, _batch, _work, _paper, _elsewhere;
    private int _daysAhead;
    private Order _order = null!;

    public async Task Prepare()
    {
        _type = await park.NewType();
        _order = await desk.Sell(_type);
        _elsewhere = (await park.NewDesk()).Shift;
        (await park.Admin.Put($"/api/quotas/{_quota = park.Admin.NewKey()}", Quota())).MustBeDone();
        var external = System.Text.Json.JsonSerializer.SerializeToNode(TestPark.Type("EXT1", "外部票", 0, null, 0, 1, 1, "00:00", "23:59", [park.Site], true))!.AsObject();
        external["sale"] = new System.Text.Json.Nodes.JsonObject { ["opensDays"] = null, ["opensAt"] = null, ["minInOrder"] = null, ["maxInOrder"] = null, ["way"] = "external" };
        (await park.Admin.Put($"/api/ticket-types/{_external = park.Admin.NewKey()}", external)).MustBeDone();
        (await park.Admin.Put($"/api/external-lists/{_list = park.Admin.NewKey()}", ExternalList())).MustBeDone();
        (await park.Admin.Put($"/api/voucher-kinds/{_kind = park.Admin.NewKey()}", VoucherKind())).MustBeDone();
        (await park.Admin.Post("/api/voucher-batches", VoucherBatch("SAMPLE1", manager), _batch = park.Admin.NewKey())).MustBeDone();
        (await park.Admin.Put($"/api/papers/{_paper = park.Admin.NewKey()}", StockPaper("样纸", []))).MustBeDone();
        (await manager.Post($"/api/papers/{_paper}/moves", new { move = "receive", from = "1", to = "9000", reason = "" })).MustBeDone();
        (await manager.Post($"/api/papers/{_paper}/moves", new { move = "issue", from = "1", to = "8000", sellerId = desk.Clerk.StaffId, reason = "" })).MustBeDone();
        await park.NewAgency("sampleUnit", 10_000_00);
        await NextDay();
        (await park.Admin.Post("/api/day-returns", DayReturn(manager), _work = park.Admin.NewKey())).MustBeDone();
        _staff = (await park.Hire("clerk")).StaffId;
        _all = All();
    }

    public IEnumerable<string> Routes => _all!.Keys;
    public bool Knows(string route) => _all!.ContainsKey(route);
    /// <summary>Ids of the first park, which no answer to a stranger may hold.</summary>
    public IEnumerable<Guid> Ids => [park.Site, park.Gate, park.Lane, desk.Window, desk.Shift, _type, _staff, _quota, _order.Id, _order.Tickets[0].Id, desk.Clerk.StaffId, park.Admin.StaffId];

    public async Task<Reply> Send(string route, Caller caller)
    {
        var sample = _all![route];
        var method = new HttpMethod(route.Split(' ')[0]);
        var path = await sample.Path(caller);
        var body = sample.Body(caller);
        var request = caller.Request(method, path, body is null ? null : System.Text.Json.JsonSerializer.Serialize(body, Caller.Json));
        if (sample.IsKeyed) request.Headers.Add("Idempotency-Key", caller.NewKey().ToString());
        if (!route.EndsWith("/stream", StringComparison.Ordinal)) return await caller.Send(request);
        request.Dispose();
        using var stream = await caller.Begin(path);
        return (int)stream.StatusCode == 200 ? new Reply(200, "", "", [], route, "zh-CN") : await Reply.Of(stream, "zh-CN");
    }

    /// <summary>The routes that change something under a key.</summary>
    public IEnumerable<string> KeyedRoutes => _all!.Where(s => s.Value.IsKeyed).Select(s => s.Key);

    /// <summary>One request that can be sent many times: address and body are made once.</summary>
    public async Task<Func<Guid, Task<Reply>>> Prepared(string route, Caller caller)
    {
        var (path, body) = (await _all![route].Path(caller), _all[route].Body(caller));
        return key =>
        {
            var request = caller.Request(new HttpMethod(route.Split(' ')[0]), path, body is null ? null : System.Text.Json.JsonSerializer.Serialize(body, Caller.Json));
            request.Headers.Add("Idempotency-Key", key.ToString());
            return caller.Send(request);
        };
    }

    private object Quota() => new { edit = 0, name = "限流", typeIds = new[] { _type }, limit = 5, warnPercent = 80, stops = true, keeps = Array.Empty<object>(), active = false };

    private object ExternalList() => new { edit = 0, name = "名单", issuer = "发码方", typeId = _external, from = park.Today, to = park.Today, priceFen = 0, note = "" };
    private static object Codes(string code) => new { lines = new[] { new { number = 1, code, people = 1 } } };

    private static object VoucherKind() => new { edit = 0, name = "立减券", nameEn = "", terms = new { effect = "less", amount = 500, typeIds = Array.Empty<Guid>(), units = 0, leastFen = 0 }, budgetFen = 0, comesBack = true, active = true };
    private object VoucherBatch(string code, Caller approver) => new { kindId = _kind, vouchers = 1, uses = 2, code, from = park.Today, to = park.Today, issuer = "市场部", receiver = "云岭旅行社", target = "", note = "", approval = new { login = approver.Login, password = approver.Password } };
    private async Task<System.Text.Json.Nodes.JsonNode> Batch() => (await park.Admin.Read<System.Text.Json.Nodes.JsonObject>("/api/voucher-batches?q=SAMPLE1"))["rows"]![0]!;

    private static readonly object[] Reasons = [Reason("change", "找零差错"), Reason("note", "收到残损币"), Reason("unbooked", "漏记一笔")];
    private static object Reason(string code, string name) => new { code, name, nameEn = "", active = true };

    private static object FileType(string attention) => new
    {
        code = "FILE1", name = "样票", nameEn = "", tab = "single", visitorType = "any", keySlot = (int?)null, proof = "none", heightLimitCm = (int?)null, minPeople = 1, maxPeople = 1,
        siteIds = new[] { "主园" }, fromTime = "08:00", toTime = "18:00", weekdayFen = 0, holidayFen = 0, dailyQuota = (int?)null, attention, active = true,
    };

    private static object StockPaper(string name, Guid[] types) => new { edit = 0, name, nameEn = "", prefix = "Z", digits = 6, typeIds = types, active = true };

    private object DayReturn(Caller approver) => new { visitDay = park.Today.AddDays(_daysAhead), types = new[] { _type }, reason = "forceMajeure", supervisorLogin = approver.Login, supervisorPassword = approver.Password };

    /// <summary>A day that has a ticket to return, once nothing runs that would be in its way.</summary>
    private async Task NextDay()
    {
        while ((await park.Admin.Read<System.Text.Json.Nodes.JsonObject>("/api/day-returns"))["rows"]!.AsArray().Any(r => (string)r!["state"]! == "running")) await Task.Delay(50);
        await desk.Sell(_type, day: park.Today.AddDays(++_daysAhead));
    }

    private async Task<Guid> NewDelivery()
    {
        var order = await desk.Sell(_type);
        (await desk.Clerk.Post($"/api/orders/{order.Id}/delivery", new { way = "home", name = "收件人", phone = "13911112222", address = "府前路 18 号", note = "" })).MustBeDone();
        return order.Id;
    }

    private async Task<Guid> NewDebt(PaymentPart payment)
    {
        var order = await desk.Sell(_type, payments: [payment]);
        (await desk.Clerk.Post("/api/returns", new { shiftId = desk.Shift, kind = "return", tickets = new[] { order.Tickets[0].Id }, reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password, later = true })).MustBeDone();
        return (Guid)(await desk.Clerk.Read<System.Text.Json.Nodes.JsonObject>($"/api/orders/{order.Id}"))["owed"]![0]!["id"]!;
    }

    private Dictionary<string, Sample> All()
    {
        var day = park.Today.ToString("yyyy-MM-dd");
        var all = new Dictionary<string, Sample>();
        void Get(string route, string? path = null) => all.Add("GET " + route, new(_ => Task.FromResult(path ?? route), _ => null, IsKeyed: false));
        void Send(string method, string route, string path, object? body) => all.Add($"{method} {route}", new(_ => Task.FromResult(path), _ => body));
        void Open(string method, string route, object? body) => all.Add($"{method} {route}", new(_ => Task.FromResult(route), _ => body, IsKeyed: false));

        foreach (var page in new[] { "/", "/login", "/setup", "/counter", "/gate", "/board", "/office", "/report", "/health/live", "/health/ready", "/metrics", "/openapi/v1.json", "/nothing-here", "/api/nothing-here" }) Get(page);
        Get("/api/session");
        foreach (var list in new[] { "park", "sites", "gates", "lanes", "windows", "staff", "ticket-types", "orders", "board", "status", "days", "price-versions", "quotas", "quota-warnings", "complimentary-budgets", "voucher-kinds", "voucher-batches", "external-lists", "dictionaries", "parameters", "setting-changes", "admission/lanes", "shifts/current", "board/stream" }) Get("/api/" + list);
        Get("/api/ticket-types/{id}/days", $"/api/ticket-types/{_type}/days?from={day}&to={day}");
        Get("/api/price-sheet", $"/api/price-sheet?day={day}");
        Get("/api/price-versions/{id}", $"/api/price-versions/{_type}");
        Get("/api/quotas/{id}/days", $"/api/quotas/{_quota}/days?from={day}&to={day}");
        Get("/api/voucher-batches/{id}/vouchers", $"/api/voucher-batches/{_batch}/vouchers");
        Get("/api/vouchers/look", "/api/vouchers/look?code=SAMPLE1");
        Get("/api/quote", $"/api/quote?day={day}&lines={_type}:1:1");
        Get("/api/shifts", $"/api/shifts?day={day}");
        Get("/api/orders/{id}", $"/api/orders/{_order.Id}");
        Get("/api/orders/{id}/refund", desk.RefundPath(_order.Id, [_order.Tickets[0].Id]));
        Get("/api/admission/recent", $"/api/admission/recent?laneId={park.Lane}");
        Get("/api/reports/day", $"/api/reports/day?day={day}");
        Get("/api/reports/origins", $"/api/reports/origins?from={day}&to={day}");
        Get("/api/reports/origins.csv", $"/api/reports/origins.csv?from={day}&to={day}");
        Get("/api/reports/vouchers", $"/api/reports/vouchers?from={day}&to={day}");
        Get("/api/reports/vouchers.csv", $"/api/reports/vouchers.csv?from={day}&to={day}");
        Get("/api/reports/complimentary", $"/api/reports/complimentary?from={day}&to={day}");
        Get("/api/reports/shares", $"/api/reports/shares?from={day}&to={day}");
        Get("/api/reports/orders", $"/api/reports/orders?from={day}&to={day}");
        Get("/api/reports/orders.csv", $"/api/reports/orders.csv?from={day}&to={day}");
        Get("/api/desks", "/api/desks");
        Get("/api/orders/waiting", "/api/orders/waiting");
        Get("/api/reports/exchanges", $"/api/reports/exchanges?from={day}&to={day}");
        Get("/api/reports/exchanges.csv", $"/api/reports/exchanges.csv?from={day}&to={day}");
        Get("/api/reports/returns", $"/api/reports/returns?from={day}&to={day}");
        Get("/api/reports/returns.csv", $"/api/reports/returns.csv?from={day}&to={day}");
        Get("/api/reports/agencies", $"/api/reports/agencies?from={day}&to={day}");
        Get("/api/reports/agency", $"/api/reports/agency?from={day}&to={day}&agency=nobody");
        Get("/api/reports/agency.csv", $"/api/reports/agency.csv?from={day}&to={day}&agency=nobody");
        Get("/api/reports/shares.csv", $"/api/reports/shares.csv?from={day}&to={day}");
        Get("/api/reports/complimentary.csv", $"/api/reports/complimentary.csv?from={day}&to={day}");
        Get("/api/agency-accounts");
        Get("/api/agency-account", "/api/agency-account?agency=sampleUnit");
        Get("/api/reports/agency-account", $"/api/reports/agency-account?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&agency=sampleUnit&side=prepayment");
        Get("/api/reports/agency-account.csv", $"/api/reports/agency-account.csv?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&agency=sampleUnit&side=signedBill");
        Get("/api/bank-transfers/order", $"/api/bank-transfers/order?number={_order.Number}");
        Get("/api/bank-transfers/waiting");
        Get("/api/orders/{id}/bank-transfer", $"/api/orders/{_order.Id}/bank-transfer");
        Get("/api/reports/bank-transfers", $"/api/reports/bank-transfers?from={day}&to={day}");
        Get("/api/reports/bank-transfers.csv", $"/api/reports/bank-transfers.csv?from={day}&to={day}");
        Get("/api/deliveries");
        Get("/api/papers");
        Get("/api/papers/own");
        Get("/api/papers/sellers");
        Get("/api/papers/{id}/holdings", $"/api/papers/{_paper}/holdings");
        Get("/api/papers/{id}/numbers/{number}", $"/api/papers/{_paper}/numbers/1");
        Get("/api/papers/{id}/journal", $"/api/papers/{_paper}/journal");
        Get("/api/papers/{id}/journal.csv", $"/api/papers/{_paper}/journal.csv");
        Get("/api/day-returns");
        Get("/api/day-returns/scope", $"/api/day-returns/scope?day={day}");
        Get("/api/day-returns/{id}", $"/api/day-returns/{_work}");
        Get("/api/reports/owed");
        Get("/api/reports/owed.csv");
        Get("/api/external-lists/{id}/codes", $"/api/external-lists/{_list}/codes");
        Get("/api/reports/external/{id}.csv", $"/api/reports/external/{_list}.csv");
        Get("/api/reports/day.csv", $"/api/reports/day.csv?day={day}");
        Get("/api/days/{day}/closing-sheet", $"/api/days/{day}/closing-sheet");
        Get("/api/calendar", "/api/calendar?year=2026");
        Get("/api/catalogue");
        Get("/api/catalogue/changes");
        Get("/api/log", $"/api/log?day={day}");

        Send("PUT", "/api/park", "/api/park", new ParkTerms("试验景区", "Test Park", TestPark.ZoneOfNoon(park.Clock()), 3, "06:00", "22:00", 1_000_000, ""));
        Send("PUT", "/api/sites/{id}", $"/api/sites/{park.Site}", new { name = "主园", nameEn = "Site", capacity = 1_000_000, active = true });
        Send("PUT", "/api/gates/{id}", $"/api/gates/{park.Gate}", new { siteId = park.Site, name = "东门", nameEn = "Gate", active = true });
        Send("PUT", "/api/lanes/{id}", $"/api/lanes/{park.Lane}", new { gateId = park.Gate, number = 1, name = "通道1", direction = "both", active = true });
        Send("POST", "/api/lanes/{id}/device-key", $"/api/lanes/{park.Lane}/device-key", null);
        Send("DELETE", "/api/lanes/{id}/device-key", $"/api/lanes/{park.Lane}/device-key", null);
        Send("PUT", "/api/windows/{id}", $"/api/windows/{desk.Window}", new { siteId = park.Site, number = 1, name = "窗口1", f3Action = "drawer", printer = new { kind = "browser80", autoPrint = false }, active = true });
        Send("PUT", "/api/staff/{id}", $"/api/staff/{_staff}", new { login = "sampled", name = "样本", phone = "", roles = new[] { "clerk" }, active = true });
        Send("POST", "/api/staff/{id}/password-reset", $"/api/staff/{_staff}/password-reset", null);
        Send("PUT", "/api/ticket-types/{id}", $"/api/ticket-types/{_type}", TestPark.Type("S1", "样票", 10_000, null, 10_000, 1, 1, "00:00", "23:59", [park.Site], true));
        Send("PUT", "/api/ticket-types/{id}/days/{day}", $"/api/ticket-types/{_type}/days/{day}", new { priceFen = (long?)null, quota = (int?)null, unlimited = false });
        var (number, words, parameters) = (0, 0, 0);
        async Task ReadEdits()
        {
            words = (int)(await park.Admin.Read<System.Text.Json.Nodes.JsonObject[]>("/api/dictionaries")).Single(l => (string)l["kind"]! == "countReason")["edit"]!;
            parameters = (int)(await park.Admin.Read<System.Text.Json.Nodes.JsonObject>("/api/parameters"))["edit"]!;
        }
        object Version() => new
        {
            number, from = park.Clock().AddYears(1),
            rules = new { products = new[] { new { typeId = _type, per = "person", taxRate = 0 } }, rules = Array.Empty<object>(), sets = Array.Empty<object>(), roundToFen = 1, roundingMode = "halfUp", taxPer = "line" },
        };
        async Task<Guid> NextVersion(bool save)
        {
            number = (await park.Admin.Read<System.Text.Json.Nodes.JsonObject[]>("/api/price-versions")).Select(v => (int)v["number"]!).DefaultIfEmpty(0).Max() + 1;
            var id = Guid.CreateVersion7();
            if (save) (await park.Admin.Put($"/api/price-versions/{id}", Version())).MustBeDone();
            return id;
        }
        all.Add("PUT /api/price-versions/{id}", new(async _ => $"/api/price-versions/{await NextVersion(save: false)}", _ => Version()));
        all.Add("POST /api/price-versions/{id}/withdraw", new(async _ => $"/api/price-versions/{await NextVersion(save: true)}/withdraw", _ => null));
        // Otherwise each time, so that each time there is something to change; the site is named, as a file names it.
        all.Add("POST /api/catalogue", new(_ => Task.FromResult("/api/catalogue"), _ => new { format = 1, park = "", ticketTypes = new[] { FileType($"{Guid.NewGuid():N}") } }));
        all.Add("PUT /api/quotas/{id}", new(_ => Task.FromResult($"/api/quotas/{Guid.CreateVersion7()}"), _ => Quota()));
        Send("PUT", "/api/quotas/{id}/days", $"/api/quotas/{_quota}/days", new { days = new[] { day }, limit = 10, unlimited = false });
        all.Add("PUT /api/complimentary-budgets/{id}", new(_ => Task.FromResult($"/api/complimentary-budgets/{Guid.CreateVersion7()}"),
            _ => new { edit = 0, name = "办公室", nameEn = "", from = day, to = day, people = 5, leftToClerk = 0, active = true }));
        all.Add("PUT /api/voucher-kinds/{id}", new(_ => Task.FromResult($"/api/voucher-kinds/{Guid.CreateVersion7()}"), _ => VoucherKind()));
        // A code of its own each time, as no two vouchers have one.
        all.Add("POST /api/voucher-batches", new(_ => Task.FromResult("/api/voucher-batches"), caller => VoucherBatch($"{Guid.NewGuid():N}"[..20], caller.StaffId == manager.StaffId ? park.Admin : manager)));
        var edit = 0;
        all.Add("PUT /api/voucher-batches/{id}", new(async _ => { edit = (int)(await Batch())["edit"]!; return $"/api/voucher-batches/{_batch}"; },
            _ => new { edit, from = day, to = day, issuer = "市场部", receiver = "云岭旅行社", target = "", note = "" }));
        Guid newest = default;
        all.Add("POST /api/voucher-batches/{id}/void", new(async _ =>
        {
            newest = (Guid)(await park.Admin.Post("/api/voucher-batches", VoucherBatch($"{Guid.NewGuid():N}"[..20], manager))).As<System.Text.Json.Nodes.JsonObject>()["id"]!;
            return $"/api/voucher-batches/{newest}/void";
        }, _ => new { serials = Array.Empty<int>(), reason = "试验" }));
        Send("POST", "/api/voucher-batches/{id}/print", $"/api/voucher-batches/{_batch}/print", new { fromSerial = 1, toSerial = 1 });
        all.Add("PUT /api/external-lists/{id}", new(_ => Task.FromResult($"/api/external-lists/{Guid.CreateVersion7()}"), _ => ExternalList()));
        all.Add("POST /api/external-lists/{id}/codes", new(_ => Task.FromResult($"/api/external-lists/{_list}/codes"), _ => Codes($"{Guid.NewGuid():N}")));
        // A code of its own each time, so that each time there is something to withdraw.
        var code = "";
        all.Add("POST /api/external-lists/{id}/withdraw", new(async _ =>
        {
            (await park.Admin.Post($"/api/external-lists/{_list}/codes", Codes(code = $"{Guid.NewGuid():N}"))).MustBeDone();
            return $"/api/external-lists/{_list}/withdraw";
        }, _ => new { reason = "试验", codes = new[] { code } }));
        // At the edit that there is, so that each time it is done.
        all.Add("PUT /api/dictionaries", new(async _ => { await ReadEdits(); return "/api/dictionaries"; }, _ => new { kind = "countReason", edit = words, entries = Reasons }));
        all.Add("PUT /api/parameters", new(async _ => { await ReadEdits(); return "/api/parameters"; }, _ => new { edit = parameters, values = new { holdMinutes = 15, daysAhead = 366, ticketsMax = 500, countToleranceFen = 0 } }));
        Send("POST", "/api/shifts", "/api/shifts", new { windowId = desk.Window, floatFen = 0 });
        Send("POST", "/api/shifts/{id}/close", $"/api/shifts/{_order.Id}/close", new { countedFen = 0, reason = "" });
        Send("POST", "/api/windows/{id}/drawer", $"/api/windows/{desk.Window}/drawer", new { shiftId = desk.Shift });
        Send("POST", "/api/orders", "/api/orders", new Sale(desk.Shift, park.Today, "", 10_000, [new(_type, 1, 1)], [Desk.Cash(10_000)], false, null));
        Send("POST", "/api/orders/{id}/reprints", $"/api/orders/{_order.Id}/reprints", new { ticketIds = new[] { _order.Tickets[0].Id } });
        Send("POST", "/api/orders/{id}/exchanges", $"/api/orders/{_order.Id}/exchanges", new { shiftId = desk.Shift, ticketIds = new[] { _order.Tickets[0].Id }, cause = "damaged", feeFen = 0, payments = Array.Empty<object>() });
        Send("POST", "/api/orders/{id}/notes", $"/api/orders/{_order.Id}/notes", new { text = "坐轮椅，请开侧门" });
        Fresh("POST /api/orders/{id}/pay", payments: [], o => $"/api/orders/{o.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(10_000) } });
        Fresh("POST /api/orders/{id}/cancel", payments: [], o => $"/api/orders/{o.Id}/cancel", new { shiftId = desk.Shift });
        // Of each a fresh order: one that is not kept yet, and one that nobody claimed yet. The password is not known to the sample, so a supervisor vouches.
        async Task<Guid> NewPlaced() => (await desk.Send(new Sale(desk.Shift, park.Today, "", 10_000, [new(_type, 1, 1)], [], false, new("林则徐", "13800138000", "")))).As<Order>().Id;
        object Keep() => new { shiftId = desk.Shift, day = park.Today, time = "23:59" };
        all.Add("POST /api/orders/{id}/transfer", new(async _ => $"/api/orders/{await NewPlaced()}/transfer", _ => new { shiftId = desk.Shift, toShift = _elsewhere }));
        all.Add("POST /api/orders/{id}/route", new(async _ => $"/api/orders/{await NewPlaced()}/route", _ => new { toShift = _elsewhere }));
        all.Add("POST /api/orders/{id}/keep", new(async _ => $"/api/orders/{await NewPlaced()}/keep", _ => Keep()));
        all.Add("POST /api/orders/{id}/claim", new(async _ =>
        {
            var placed = await NewPlaced();
            (await desk.Clerk.Post($"/api/orders/{placed}/keep", Keep())).MustBeDone();
            return $"/api/orders/{placed}/claim";
        }, _ => new { shiftId = desk.Shift, supervisorLogin = manager.Login, supervisorPassword = manager.Password }));
        var going = Guid.Empty;
        all.Add("POST /api/returns", new(async _ => { going = (await desk.Sell(_type)).Tickets[0].Id; return "/api/returns"; },
            _ => new { shiftId = desk.Shift, kind = "return", tickets = new[] { going }, reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password }));
        all.Add("POST /api/rebookings", new(async _ => { going = (await desk.Sell(_type)).Tickets[0].Id; return "/api/rebookings"; },
            _ => new { shiftId = desk.Shift, tickets = new[] { going }, reason = "plans", visitDay = park.Today.AddDays(1), targets = new[] { new { line = 0, typeId = _type } }, priceVersion = "", payments = Array.Empty<object>() }));
        all.Add("POST /api/day-returns", new(async _ => { await NextDay(); return "/api/day-returns"; }, caller => DayReturn(caller.StaffId == manager.StaffId ? park.Admin : manager)));
        Send("POST", "/api/day-returns/{id}/stop", $"/api/day-returns/{_work}/stop", null);
        Send("POST", "/api/day-returns/{id}/resume", $"/api/day-returns/{_work}/resume", null);
        var account = 0;
        all.Add("PUT /api/agency-accounts", new(async _ => { account = (int)(await park.Admin.Read<System.Text.Json.Nodes.JsonObject>("/api/agency-account?agency=sampleUnit"))["edit"]!; return "/api/agency-accounts"; },
            _ => new { agency = "sampleUnit", edit = account, active = true, creditLineFen = 10_000_00, note = "" }));
        // Another number of the bank each time, as none is booked twice.
        var (booked, reversed) = (0, 0);
        all.Add("POST /api/agency-accounts/money", new(_ => { booked++; return Task.FromResult("/api/agency-accounts/money"); }, _ => new { agency = "sampleUnit", kind = "prepay", fen = 100, reference = $"B{booked}" }));
        all.Add("POST /api/agency-accounts/reversals", new(async _ =>
        {
            reversed++;
            (await manager.Post("/api/agency-accounts/money", new { agency = "sampleUnit", kind = "billPaid", fen = 100, reference = $"R{reversed}" })).MustBeDone();
            return "/api/agency-accounts/reversals";
        }, _ => new { agency = "sampleUnit", reference = $"R{reversed}", reason = "记错" }));
        all.Add("POST /api/bank-transfers", new(_ => { booked++; return Task.FromResult("/api/bank-transfers"); }, _ => new { number = _order.Number, kind = "received", fen = 100, reference = $"T{booked}" }));
        all.Add("POST /api/bank-transfers/reversals", new(async _ =>
        {
            reversed++;
            (await manager.Post("/api/bank-transfers", new { number = _order.Number, kind = "received", fen = 100, reference = $"U{reversed}" })).MustBeDone();
            return "/api/bank-transfers/reversals";
        }, _ => new { reference = $"U{reversed}", reason = "记错" }));
        Send("POST", "/api/orders/{id}/delivery", $"/api/orders/{_order.Id}/delivery", new { way = "express", name = "收件人", phone = "13911112222", address = "府前路 18 号", note = "" });
        // One of its own each time, as a step follows once.
        var sent = Guid.Empty;
        all.Add("POST /api/orders/{id}/delivery/steps", new(async _ => $"/api/orders/{sent = await NewDelivery()}/delivery/steps", _ => new { step = "cancelled", word = "不送了" }));
        all.Add("POST /api/orders/{id}/delivery/label", new(async _ => $"/api/orders/{sent = await NewDelivery()}/delivery/label", _ => new { }));
        all.Add("PUT /api/papers/{id}", new(_ => Task.FromResult($"/api/papers/{Guid.CreateVersion7()}"), _ => StockPaper("另一种", [])));
        // The next number each time, as none comes or is spoiled twice.
        var (came, spoiled) = (9000, 0);
        all.Add("POST /api/papers/{id}/moves", new(_ => { came++; return Task.FromResult($"/api/papers/{_paper}/moves"); }, _ => new { move = "receive", from = $"{came}", to = $"{came}", reason = "" }));
        all.Add("POST /api/papers/{id}/spoiled", new(_ => { spoiled++; return Task.FromResult($"/api/papers/{_paper}/spoiled"); }, _ => new { from = $"{spoiled}", to = $"{spoiled}", reason = "卡纸" }));
        Send("POST", "/api/papers/{id}/next", $"/api/papers/{_paper}/next", new { next = "7999" });
        Send("POST", "/api/papers/{id}/counts", $"/api/papers/{_paper}/counts", new { sellerId = _staff, numbers = "", missing = 0 });
        var debt = Guid.Empty;
        all.Add("POST /api/owed/{id}/payments", new(async _ => $"/api/owed/{debt = await NewDebt(Desk.Cash(10_000))}/payments",
            _ => new { shiftId = desk.Shift, fen = 10_000, supervisorLogin = manager.Login, supervisorPassword = manager.Password }));
        all.Add("POST /api/owed/cards", new(async _ => { debt = await NewDebt(Desk.Card(10_000)); return "/api/owed/cards"; }, _ => new { ids = new[] { debt }, fen = 10_000, reference = "批次 1" }));
        Send("POST", "/api/admissions", "/api/admissions", new { laneId = park.Lane, code = "nothing of ours", people = 1 });
        Send("POST", "/api/exits", "/api/exits", new { laneId = park.Lane, people = 50 });
        Send("POST", "/api/days/{day}/close", $"/api/days/{park.Today.AddDays(-1):yyyy-MM-dd}/close", new { });
        Open("POST", "/api/setup", new { parkName = "二", login = "second", name = "二", password = "a second administrator" });
        // A login of its own each time, or the guard against guessing would answer.
        all.Add("POST /api/session", new(_ => Task.FromResult("/api/session"), _ => new { login = $"nobody-{Guid.NewGuid():N}"[..30], password = "nothing" }, IsKeyed: false));
        Open("POST", "/api/session/password", new { currentPassword = "not the password", newPassword = "a new long password" });
        Open("DELETE", "/api/session", null);
        return all;

        void Fresh(string route, PaymentPart[]? payments, Func<Order, string> path, object body) =>
            all.Add(route, new(async _ => path(await desk.Sell(_type, payments: payments)), _ => body));
    }
}
