using Shanmen.Client;
using Shanmen.Holiday.Tally;

namespace Shanmen.Holiday.Day;

/// <summary>A window with its clerk and her shift. She does one thing after the other; the windows work side by side.</summary>
sealed class WindowDesk(CentreApi api, Ground ground, Window window, OnDuty clerk, OnDuty supervisor, Prices prices, OwnTally tally)
{
    private const long FloatFen = 1_000_00;
    private Guid _shift;
    private long _drawerFen;

    public OwnTally Tally => tally;

    public async Task OpenShift()
    {
        _shift = api.NewKey();
        await api.Change<Shift>(HttpMethod.Post, clerk.Badge, "/api/shifts", new ShiftRequest(window.Id, FloatFen), _shift);
        _drawerFen = FloatFen;
    }

    public async Task Work(List<(Errand Errand, Party Party)> errands, int minute)
    {
        foreach (var (errand, party) in errands)
            if (errand == Errand.Buy) await Sell(party, minute);
            else if (errand == Errand.GiveBack) await TakeBack(party);
            else await Rebook(party, [new(TicketKind.TwoDays, party.People, 1)], toTomorrow: true, minute);
    }

    /// <summary>Counts the drawer, with so much less in it than there should be, and hands it over.</summary>
    public async Task CloseShift(long shortFen)
    {
        var closed = await api.Change<Shift>(HttpMethod.Post, clerk.Badge, $"/api/shifts/{_shift}/close", new CloseShiftRequest(_drawerFen - shortFen, shortFen == 0 ? "" : "找错零 / wrong change"));
        tally.Handed(window.Name, _drawerFen, _drawerFen - shortFen);
        if (closed.ExpectedFen != _drawerFen) Surprise($"expected {closed.ExpectedFen} fen, own count {_drawerFen}");
    }

    private async Task Sell(Party party, int minute)
    {
        if (party.AsksInVain) await AskInVain(party);
        if (party.IsShownAnotherPrice) await AskAtAnotherPrice(party);
        var sale = prices.SaleOf(party.Lines, party, _shift);
        var body = CentreApi.Encode(sale);
        var key = api.NewKey();
        var answer = await api.Send(HttpMethod.Post, "/api/orders", clerk.Badge, body, key);
        if (!answer.IsDone) { Surprise($"sale refused, {answer.Sentence}"); return; }

        var order = answer.Read<Order>();
        if (order.State != "paid" || order.TotalFen != sale.TotalFen || order.Tickets.Length != party.Papers || order.Tickets.Sum(t => t.People) != party.People || order.Id != key)
            Surprise($"order {order.Id} is not what was asked for: {order.State}, {order.TotalFen} fen, {order.Tickets.Length} tickets");
        (party.Tickets, party.Paid) = (order.Tickets, sale.Payments);
        tally.Sold(party, party.Lines, prices.FenOf(party.Lines, party.BuysForTomorrow), sale.Payments, ground, window.Id, clerk.Id, minute);
        if (party.Fate is not (Fate.BoughtForTomorrow or Fate.Rebooked)) tally.Coming(party.People);
        _drawerFen += sale.Payments.Where(p => p.Method == "cash").Sum(p => p.AmountFen);
        if (party.BoughtWrongDay) await Rebook(party, party.Lines, toTomorrow: false, minute);
        if (party.PostsTwice) await PostAgain(key, body, answer);
        if (party.ReusesKey) await ReuseKey(key, sale);
    }

    private async Task AskInVain(Party party)
    {
        var sale = prices.SaleOf([new(TicketKind.Sunrise, party.People, 1)], party, _shift);
        var answer = await api.Send(HttpMethod.Post, "/api/orders", clerk.Badge, CentreApi.Encode(sale), api.NewKey());
        if (answer.Status == 409 && answer.Code == "soldOut") tally.Answered("soldOut");
        else Surprise($"a place too many was asked for: {answer.Sentence}");
    }

    private async Task AskAtAnotherPrice(Party party)
    {
        var sale = prices.SaleOf(party.Lines, party, _shift);
        var answer = await api.Send(HttpMethod.Post, "/api/orders", clerk.Badge, CentreApi.Encode(sale with { TotalFen = sale.TotalFen + 1_00 }), api.NewKey());
        if (answer.Status == 409 && answer.Code == "priceChanged") tally.Answered("priceChanged");
        else Surprise($"a sale at another price: {answer.Sentence}");
    }

    /// <summary>More people than the whole mountain's limit leaves, who take a type without a limit of its own.</summary>
    public async Task AskBeyondTheLimit(int people)
    {
        PartyLine[] lines = [new(TicketKind.TwoDays, people, 1)];
        var sale = prices.SaleOf(lines, new Party { Lines = lines, OnOneTicket = true }, _shift);
        var answer = await api.Send(HttpMethod.Post, "/api/orders", clerk.Badge, CentreApi.Encode(sale), api.NewKey());
        if (answer.Status == 409 && answer.Code == "quotaFull") tally.Answered("quotaFull");
        else Surprise($"more people than the mountain's limit: {answer.Sentence}");
    }

    private async Task PostAgain(Guid key, byte[] body, Answer first)
    {
        var again = await api.Send(HttpMethod.Post, "/api/orders", clerk.Badge, body, key);
        if (again.Status == first.Status && again.Body.AsSpan().SequenceEqual(first.Body)) tally.Answered("repeated");
        else Surprise($"order {key} sent again: {again.Sentence}");
    }

    private async Task ReuseKey(Guid key, Sale sale)
    {
        var other = sale with { Lines = [.. sale.Lines.Select(l => l with { Quantity = l.Quantity + 1 })] };
        var answer = await api.Send(HttpMethod.Post, "/api/orders", clerk.Badge, CentreApi.Encode(other), key);
        if (answer.Status == 409 && answer.Code == "keyReused") tally.Answered("keyReused");
        else Surprise($"key {key} used again for another order: {answer.Sentence}");
    }

    private async Task TakeBack(Party party)
    {
        if (party.Tickets is not [var ticket]) { Surprise("nothing to give back"); return; }
        var request = new ReturnRequest(_shift, party.Fate == Fate.Voided ? "void" : "return", [ticket.Id], "plans", supervisor.Login, supervisor.Password);
        var answer = await api.Send(HttpMethod.Post, "/api/returns", clerk.Badge, CentreApi.Encode(request), api.NewKey());
        if (!answer.IsDone) { Surprise($"return refused, {answer.Sentence}"); return; }
        var back = answer.Read<ReturnAnswer>();
        var method = party.Payment == Payment.Cash ? "cash" : "card";
        if (back.RefundFen != ticket.PriceFen || back.RefundMethod != method) Surprise($"refund of {back.RefundFen} fen by {back.RefundMethod}, not {ticket.PriceFen} by {method}");
        tally.WentBack(ticket);
        tally.WentBack(method, ticket.PriceFen, window.Id);
        tally.Coming(-party.People);
        tally.Answered("returned");
        if (method == "cash") _drawerFen -= ticket.PriceFen;
    }

    /// <summary>What was paid pays for the new tickets, as it came; only the difference is new money, and what is too much goes back by card first.</summary>
    private async Task Rebook(Party party, PartyLine[] lines, bool toTomorrow, int minute)
    {
        var credit = party.Tickets.Sum(t => t.PriceFen);
        var (request, lineFen) = prices.RebookingOf(party, _shift, lines, toTomorrow, credit, supervisor.Login, supervisor.Password);
        var answer = await api.Send(HttpMethod.Post, "/api/rebookings", clerk.Badge, CentreApi.Encode(request), api.NewKey());
        if (!answer.IsDone) { Surprise($"rebooking refused, {answer.Sentence}"); return; }
        var (done, over) = (answer.Read<RebookAnswer>(), Math.Max(0, credit - lineFen.Sum()));
        if (done.DueFen != lineFen.Sum() - credit || done.FeeFen != 0 || done.Order!.Tickets.Sum(t => t.People) != party.People) Surprise($"a rebooking of {credit} to {lineFen.Sum()} fen came to {done.DueFen}");
        var before = new Dictionary<string, long> { ["card"] = PaidBy("card"), ["cash"] = PaidBy("cash") };
        foreach (var (method, fen) in before) tally.WentBack(method, fen, window.Id);
        foreach (var ticket in party.Tickets) tally.WentBack(ticket);
        var fromCard = Math.Min(over, before["card"]);
        SalePayment[] paid = [new("card", before["card"] - fromCard, 0, ""), new("cash", before["cash"] - (over - fromCard), 0, ""), .. request.Payments];
        tally.Sold(party, lines, lineFen, paid, ground, window.Id, clerk.Id, minute);
        tally.Answered("rebooked");
        _drawerFen += paid.Where(p => p.Method == "cash").Sum(p => p.AmountFen) - before["cash"];
        (party.Tickets, party.Paid, party.Superseded) = (done.Order!.Tickets, paid, party.Tickets);

        long PaidBy(string method) => party.Paid.Where(p => p.Method == method).Sum(p => p.AmountFen);
    }

    private void Surprise(string what) => tally.Surprises.Enqueue($"{window.Name}: {what}");
}
