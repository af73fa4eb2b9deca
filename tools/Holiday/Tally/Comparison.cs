using System.Globalization;
using Shanmen.Client;

namespace Shanmen.Holiday.Tally;

/// <summary>Holds the own tally against everything that the system says of the day, figure by figure.</summary>
static class Comparison
{
    public static IEnumerable<string> With(Board board, Figures own)
    {
        var theirs = new Figures();
        foreach (var gate in board.Gates) { theirs.Add(OwnTally.Gate, gate.Id.ToString(), "entered", gate.Entered); theirs.Add(OwnTally.Gate, gate.Id.ToString(), "refused", gate.Refused); }
        theirs.Add("board", "", "inside", board.Inside);
        var mine = new Figures();
        mine.Add(own);
        mine.Add("board", "", "inside", own[OwnTally.Totals, "", "admitted"] - own[OwnTally.Totals, "", "exited"]);
        return mine.Differences("大屏 / board", theirs, OwnTally.Gate, "board");
    }

    public static IEnumerable<string> With(DayReport report, Figures own)
    {
        var theirs = new Figures();
        void Add(string group, string of, params ReadOnlySpan<(string What, long Count)> figures) { foreach (var (what, count) in figures) theirs.Add(group, of, what, count); }
        var t = report.Totals;
        Add(OwnTally.Totals, "", ("orders", t.Orders), ("tickets", t.Tickets), ("people", t.People), ("salesFen", t.SalesFen), ("refundsFen", t.RefundsFen), ("netFen", t.NetFen),
            ("admitted", t.Admitted), ("refused", t.Refused), ("exited", t.Exited));
        foreach (var x in report.ByType)
            Add(OwnTally.Type, x.Id.ToString(), ("tickets", x.Tickets), ("people", x.People), ("fen", x.Fen), ("returnedTickets", x.ReturnedTickets), ("refundsFen", x.RefundsFen), ("admitted", x.Admitted));
        foreach (var x in report.ByWindow) Add(OwnTally.Window, x.Id.ToString(), ("tickets", x.Tickets), ("people", x.People), ("fen", x.Fen), ("refundsFen", x.RefundsFen));
        foreach (var x in report.ByPayment) Add(OwnTally.Way, x.Method, ("fen", x.Fen), ("refundsFen", x.RefundsFen), ("netFen", x.NetFen));
        foreach (var x in report.ByHour) Add(OwnTally.Hour, x.Hour.ToString(CultureInfo.InvariantCulture), ("tickets", x.Tickets), ("people", x.People), ("fen", x.Fen), ("admitted", x.Admitted));
        foreach (var x in report.ByClerk) Add(OwnTally.Clerk, x.Id.ToString(), ("tickets", x.Tickets), ("fen", x.Fen));
        foreach (var x in report.RefusedByReason) Add(OwnTally.Reason, x.Reason, ("count", x.Count));
        return own.Differences("日报 / day report", theirs, OwnTally.Totals, OwnTally.Type, OwnTally.Window, OwnTally.Way, OwnTally.Hour, OwnTally.Clerk, OwnTally.Reason);
    }

    public static IEnumerable<string> With(ClosingSheet sheet, Figures own, IReadOnlyDictionary<string, string> typeNames)
    {
        var (theirs, mine) = (new Figures(), new Figures());
        var t = sheet.Totals;
        foreach (var (what, count) in new[]
        {
            ("orders", t.Orders), ("tickets", t.Tickets), ("people", t.People), ("salesFen", t.SalesFen), ("refundsFen", t.RefundsFen), ("netFen", t.NetFen), ("admitted", t.Admitted), ("exited", t.Exited),
        })
        {
            theirs.Add("sheet", "", what, count);
            mine.Add("sheet", "", what, own[OwnTally.Totals, "", what]);
        }
        foreach (var x in sheet.ByType) { theirs.Add(OwnTally.Type, x.Name, "tickets", x.Tickets); theirs.Add(OwnTally.Type, x.Name, "people", x.People); theirs.Add(OwnTally.Type, x.Name, "fen", x.Fen); }
        foreach (var (name, count) in own.Of(OwnTally.Type).Where(f => f.Name.What is "tickets" or "people" or "fen")) mine.Add(OwnTally.Type, typeNames[name.Of], name.What, count);
        foreach (var x in sheet.ByPayment) { theirs.Add(OwnTally.Way, x.Method, "fen", x.Fen); theirs.Add(OwnTally.Way, x.Method, "refundsFen", x.RefundsFen); theirs.Add(OwnTally.Way, x.Method, "netFen", x.NetFen); }
        foreach (var (name, count) in own.Of(OwnTally.Way).Concat(own.Of(OwnTally.Shift))) mine.Add(name.Group, name.Of, name.What, count);
        foreach (var x in sheet.ByShift) { theirs.Add(OwnTally.Shift, x.WindowName, "expectedFen", x.ExpectedFen); theirs.Add(OwnTally.Shift, x.WindowName, "countedFen", x.CountedFen); theirs.Add(OwnTally.Shift, x.WindowName, "overShortFen", x.OverShortFen); }

        // The ledger's own accounts of the day, and what must stand on them: a sale lowers revenue and raises the other side.
        foreach (var account in sheet.Ledger) theirs.Add("ledger", account.Account.Split('/')[0], "balance", account.Balance);
        foreach (var (name, count) in own.Of("ledger")) mine.Add(name.Group, name.Of, name.What, count);
        mine.Add("ledger", "revenue", "balance", -own[OwnTally.Totals, "", "salesFen"]);
        mine.Add("ledger", "returns", "balance", own[OwnTally.Totals, "", "refundsFen"]);
        mine.Add("ledger", "card", "balance", own[OwnTally.Way, "card", "netFen"]);
        theirs.Add("sheet", "", "differenceFen", sheet.DifferenceFen);
        return mine.Differences("结算表 / closing sheet", theirs, "sheet", OwnTally.Type, OwnTally.Way, OwnTally.Shift, "ledger");
    }
}
