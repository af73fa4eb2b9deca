using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class OrderPriceTests
{
    public static TheoryData<string> Prices => DocTable.Rows("pricing.md", "Examples: unit price");

    public static TheoryData<string> Orders => DocTable.Rows("pricing.md", "Examples: order");

    public static TheoryData<string> Faults => DocTable.Rows("pricing.md", "Examples: rules that are refused");

    [Theory]
    [MemberData(nameof(Prices))]
    public void One_unit_costs_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var product = RuleTable.Products.Single(product => product.Id == RuleTable.Id(cells[0]));
        var order = OrderPrice.Of(RuleTable.Checked, OccasionOf(cells[1], cells[2], cells[3], cells[4]), [new(product.Id, 1, product.MinPeople)]);
        Assert.Equal(DocTable.OrNull(cells[5]) is { } why ? why.Split(", ") : [], order.Steps.Where(step => step.Stage < PriceStage.Quantity).Select(step => RuleTable.NameOf(step.Rule)));
        Assert.Equal(DocTable.OrNull(cells[6]) is { } yuan ? DocTable.Fen(yuan) : null, order.Refusal == PriceRefusal.None ? order.Lines[0].UnitFen : (long?)null);
        Assert.Equal(order.Refusal == PriceRefusal.None, DocTable.OrNull(cells[6]) is not null);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void An_order_comes_to_what_the_document_says_and_says_why(string row)
    {
        var cells = DocTable.Cells(row);
        var order = OrderPrice.Of(RuleTable.Checked, OccasionOf(cells[1], "-", "-", cells[2]), RuleTable.LinesOf(cells[0]));
        var lines = string.Join(" + ", order.Lines.Select(line => Yuan(line.TotalFen)));
        var why = string.Join("; ", order.Steps.Where(step => step.Stage is null or PriceStage.Quantity)
            .Select(step => $"{step.Line + 1} {RuleTable.NameOf(step.Rule)} {Yuan(step.BeforeFen)} → {Yuan(step.AfterFen)}"));
        Assert.Equal((Enum.Parse<PriceRefusal>(cells[3]), cells[4], cells[5], cells[6]),
            (order.Refusal, lines.Length == 0 ? "-" : lines, Yuan(order.TotalFen), why.Length == 0 ? "-" : why));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Rules_that_cannot_be_used_are_refused_by_name(string row)
    {
        var cells = DocTable.Cells(row);
        PriceRule[] rules = [.. cells.Take(2).Where(cell => cell != "-").Select((cell, place) => RuleTable.RuleOf([$"rule {place}", .. cell.Split("; ")]))];
        var set = RuleSet.Of(RuleTable.Products, rules, [], default, out var faults);
        var refusal = Enum.Parse<RuleRefusal>(cells[2]);
        Assert.Equal(refusal == RuleRefusal.None, set is not null);
        Assert.Equal(refusal == RuleRefusal.None ? [] : [refusal], faults.Select(fault => fault.Refusal).Distinct());
        Assert.All(faults, fault => Assert.Contains(fault.Rule, rules.Select(rule => rule.Id)));
        Assert.All(faults, fault => Assert.Equal(refusal == RuleRefusal.BothWin ? rules[1].Id : null, fault.Other));
    }

    internal static Occasion OccasionOf(string visit, string time, string sold, string buyer)
    {
        var day = DateOnly.Parse(visit);
        return new(new(day, ChineseHolidays.KindOf(day), DocTable.OrNull(time) is { } at ? RuleTable.Minute(at) : null),
            DocTable.OrNull(sold) is { } on ? DateOnly.Parse(on) : day, RuleTable.BuyerOf(buyer));
    }

    private static string Yuan(long fen) => (fen / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
