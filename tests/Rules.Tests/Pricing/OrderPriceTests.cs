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

    public static TheoryData<string> PricesOfADay => DocTable.Rows("pricing.md", "Examples: order at the prices of a day");

    [Theory]
    [MemberData(nameof(PricesOfADay))]
    public void An_order_at_the_prices_of_a_day_comes_to_the_same_by_rules(string row)
    {
        (string Name, long Fen, int Min, int Max)[] types =
            [("adult", 120_00, 1, 1), ("child", 60_00, 1, 1), ("group", 95_50, 10, 50), ("free", 0, 1, 1), ("token", 1_00, 1, 1), ("gold", 9_999_999_00, 1, 2)];
        var rules = RuleSet.Of(
            [.. types.Select(type => new PricedProduct(RuleTable.Id(type.Name), PricedPer.Person, type.Min, type.Max))],
            [.. types.Select(type => new PriceRule(RuleTable.Id(type.Name), type.Name, PriceStage.Day, Effect.Costs(type.Fen)) { Products = [RuleTable.Id(type.Name)] })],
            [], default, out _)!;
        var cells = DocTable.Cells(row);
        var order = OrderPrice.Of(rules, OccasionOf("2026-11-23", "-", "-", "window"), RuleTable.LinesOf(cells[0]));
        Assert.Equal((cells[1], DocTable.Fen(cells[2]), int.Parse(cells[3])), (order.Refusal.ToString(), order.TotalFen, order.People));
    }

    [Fact]
    public void Twenty_lines_are_priced_and_twenty_one_are_not()
    {
        var occasion = OccasionOf("2026-11-23", "-", "-", "window");
        var line = RuleTable.LinesOf("1 adult of 1")[0];
        Assert.Equal(PriceRefusal.None, OrderPrice.Of(RuleTable.Checked, occasion, [.. Enumerable.Repeat(line, 20)]).Refusal);
        Assert.Equal(PriceRefusal.TooManyLines, OrderPrice.Of(RuleTable.Checked, occasion, [.. Enumerable.Repeat(line, 21)]).Refusal);
    }

    [Fact]
    public void A_refusal_names_its_line_and_the_rule_that_takes_too_much()
    {
        var order = OrderPrice.Of(RuleTable.Checked, OccasionOf("2026-11-23", "-", "-", "kiosk"), RuleTable.LinesOf("1 adult of 1, 1 gift of 1, 1 nobody of 1"));
        Assert.Equal((PriceRefusal.BelowZero, 1, "自助机礼品"), (order.Refusal, order.LineIndex, RuleTable.NameOf(order.Rule!.Value)));
        Assert.Empty(order.Lines);
        Assert.Empty(order.Steps);
    }

    [Fact]
    public void The_tax_is_that_of_each_product_and_of_the_order_as_the_version_says()
    {
        var asked = RuleTable.LinesOf("1 adult of 1, 1 adult of 1, 1 adult of 1, 1 gift of 1");
        var occasion = OccasionOf("2026-11-23", "-", "-", "window");
        Assert.Equal([4_53, 4_53, 4_53, 1_73], OrderPrice.Of(RuleTable.Checked, occasion, asked).Lines.Select(line => line.TaxFen));
        var perOrder = OrderPrice.Of(RuleTable.CheckedOf(RuleTable.Rules, RuleTable.Sets, new(default, TaxPer.Order)), occasion, asked);
        Assert.Equal((13_58 + 1_73, 13_58 + 1_73), (perOrder.TaxFen, perOrder.Lines.Sum(line => line.TaxFen)));
    }

    [Fact]
    public void Six_lines_cost_less_than_eight_kilobytes()
    {
        var occasion = OccasionOf("2026-10-03", "-", "-", "web");
        var asked = RuleTable.LinesOf("2 adult of 1, 2 child of 1, 1 senior of 1, 1 combo of 1, 1 family of 3, 1 gift of 1");
        Assert.Equal(PriceRefusal.None, OrderPrice.Of(RuleTable.Checked, occasion, asked).Refusal);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 1_000; time++)
        {
            OrderPrice.Of(RuleTable.Checked, occasion, asked);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000, 1, 8_192);
    }

    internal static Occasion OccasionOf(string visit, string time, string sold, string buyer)
    {
        var day = DateOnly.Parse(visit);
        return new(new(day, ChineseHolidays.KindOf(day), DocTable.OrNull(time) is { } at ? RuleTable.Minute(at) : null),
            DocTable.OrNull(sold) is { } on ? DateOnly.Parse(on) : day, RuleTable.BuyerOf(buyer));
    }

    private static string Yuan(long fen) => (fen / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
