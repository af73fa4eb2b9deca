namespace Shanmen.Modules.Tests.Harness;

/// <summary>An open ticket window with its clerk.</summary>
public sealed record Desk(TestPark Park, Caller Clerk, Guid Shift, Guid Window)
{
    public Task<PriceSheet> Sheet(DateOnly? day = null) => Clerk.Read<PriceSheet>($"/api/price-sheet?day={day ?? Park.Today:yyyy-MM-dd}");

    public async Task<SheetType> Offer(Guid type, DateOnly? day = null) => (await Sheet(day)).Types.Single(t => t.Id == type);

    /// <summary>What a screen sends for one line, paid in cash with the exact money unless said otherwise.</summary>
    public async Task<Sale> Draft(Guid type, int quantity = 1, int people = 1, DateOnly? day = null, PaymentPart[]? payments = null, bool onOneTicket = false)
    {
        var sheet = await Sheet(day);
        var total = sheet.Types.Single(t => t.Id == type).UnitFen * quantity * people;
        return new Sale(Shift, day ?? Park.Today, sheet.Version, total, [new SaleLine(type, quantity, people)], payments ?? [Cash(total)], onOneTicket, null);
    }

    public async Task<Order> Sell(Guid type, int quantity = 1, int people = 1, DateOnly? day = null, PaymentPart[]? payments = null, bool onOneTicket = false) =>
        (await Send(await Draft(type, quantity, people, day, payments, onOneTicket))).As<Order>();

    public Task<Reply> Send(Sale sale, Guid? key = null, Caller? clerk = null) => (clerk ?? Clerk).Post("/api/orders", sale, key);

    public Task<Order> Order(Guid id) => Clerk.Read<Order>($"/api/orders/{id}");

    public Task<Reply> Return(Guid ticket, Caller supervisor, string kind = "return", string? password = null, Guid? key = null, string reason = "plans", Guid[]? with = null, long? told = null) => Clerk.Post("/api/returns",
        new { shiftId = Shift, kind, tickets = (Guid[])[ticket, .. with ?? []], reason, refundFen = told, remark = "游客改了行程", supervisorLogin = supervisor.Login, supervisorPassword = password ?? supervisor.Password }, key);

    /// <summary>Makes other tickets of these: the tickets of each line of the type that is named for it, of their own where none is.</summary>
    public async Task<Reply> Rebook(Order order, DateOnly day, Guid[]? types = null, Guid[]? tickets = null, Caller? supervisor = null, string reason = "plans", PaymentPart[]? payments = null, long? credit = null, long? total = null,
        bool trial = false, Guid? key = null) => await Clerk.Post("/api/rebookings", new
        {
            shiftId = Shift, tickets = tickets ?? [.. order.Tickets.Where(t => t.State == "valid").Select(t => t.Id)], reason, visitDay = day, priceVersion = (await Sheet(day)).Version, payments = payments ?? [],
            targets = order.Lines.Select((line, at) => new { line = at, typeId = types?[at] ?? line.TypeId, slot = line.Slot?.At }), creditFen = credit, totalFen = total, trial,
            supervisorLogin = supervisor?.Login ?? "", supervisorPassword = supervisor?.Password ?? "",
        }, key);

    /// <summary>What tickets would bring back.</summary>
    public Task<RefundQuote> RefundOf(Guid order, Guid[] tickets, string reason = "plans", string kind = "return") => Clerk.Read<RefundQuote>(RefundPath(order, tickets, reason, kind));
    public string RefundPath(Guid order, Guid[] tickets, string reason = "plans", string kind = "return") => $"/api/orders/{order}/refund?tickets={string.Join(',', tickets)}&kind={kind}&reason={reason}&shiftId={Shift}";

    public static PaymentPart Cash(long fen, long? tendered = null) => new("cash", fen, tendered ?? fen, "");
    public static PaymentPart Card(long fen) => new("card", fen, 0, "POS 001");
}

public sealed record Sale(Guid ShiftId, DateOnly VisitDay, string PriceVersion, long TotalFen, SaleLine[] Lines, PaymentPart[] Payments, bool OnOneTicket, BuyerAsked? Buyer, string? Origin = null, string? Agency = null);
public sealed record SaleLine(Guid TypeId, int Quantity, int People, string? Slot = null);
public sealed record PaymentPart(string Method, long AmountFen, long TenderedFen, string Reference);
public sealed record BuyerAsked(string Name, string Phone, string IdNumber);
