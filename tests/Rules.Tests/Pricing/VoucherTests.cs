using System.Globalization;
using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>What vouchers take off (S-002-47, A-03), and what comes back of an order that had some .</summary>
public class VoucherTests
{
    public static TheoryData<string> TakenOff => DocTable.Rows("vouchers.md", "Examples: taken off");
    public static TheoryData<string> KeptWith => DocTable.Rows("vouchers.md", "Examples: kept with vouchers");
    public static TheoryData<string> Uses => DocTable.Rows("vouchers.md", "Examples: may it be used");

    [Theory]
    [MemberData(nameof(TakenOff))]
    public void A_voucher_takes_off_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var asked = KeptMoneyTests.CountsOf(cells[0]);
        var priced = OrderPrice.Of(KeptMoneyTests.Rules, KeptMoneyTests.Monday, [.. asked.Select(a => new AskedLine(KeptMoneyTests.Ids[a.Key], a.Value, 1))], VouchersOf(cells[1]));
        Assert.Equal(cells[2], Sum(priced.VouchersFen!));
        Assert.Equal(cells[3], Sum([.. priced.Lines.Select(line => line.TotalFen)]));
        Assert.Equal(DocTable.Fen(cells[4]), priced.TotalFen);
    }

    [Theory]
    [MemberData(nameof(KeptWith))]
    public void What_comes_back_is_reckoned_with_the_same_vouchers(string row)
    {
        var cells = DocTable.Cells(row);
        var (sold, vouchers, back, fee) = (KeptMoneyTests.CountsOf(cells[0]), VouchersOf(cells[1]), KeptMoneyTests.CountsOf(cells[2]), DocTable.Fen(cells[3]));
        string[] kinds = [.. sold.Keys];
        long? PriceOf(int[] counts) => OrderPrice.Of(KeptMoneyTests.Rules, KeptMoneyTests.Monday,
            [.. counts.Select((count, at) => (count, at)).Where(c => c.count > 0).Select(c => new AskedLine(KeptMoneyTests.Ids[kinds[c.at]], c.count, 1))], vouchers).TotalFen;
        var paid = PriceOf([.. sold.Values])!.Value;
        Assert.Equal(DocTable.Fen(cells[4]), paid);
        var kept = KeptMoney.Of(paid, [.. sold.Select(s => new KeptLine(s.Value - back.GetValueOrDefault(s.Key), [.. Enumerable.Repeat(fee, back.GetValueOrDefault(s.Key))], Together: true))], PriceOf);
        Assert.Equal(DocTable.Fen(cells[5]), paid - kept);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void Whether_it_may_be_used_is_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var standing = new VoucherStanding(new(2026, 10, 1), new(2026, 10, 31), Number(cells[1]), cells[3] == "yes");
        Assert.Equal(cells[4], standing.Decide(DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), Number(cells[2])).ToString());
    }

    [Fact]
    public void It_adds_up_never_takes_off_more_than_there_is_and_does_not_hang_on_the_order_in_which_they_are_shown() => Holds.ForAll(
        Gen.Choose(0, int.MaxValue),
        seed =>
        {
            var tariff = new RandomTariff(seed);
            var bare = tariff.Price();
            if (bare.Refusal != PriceRefusal.None) return true;
            var random = new Random(seed);
            AskedVoucher[] vouchers = [.. tariff.Vouchers];
            var one = OrderPrice.Of(tariff.Checked, tariff.Occasion, tariff.Lines, vouchers);
            var good = one.Lines.All(line => line.TotalFen >= 0 && line.TotalFen == line.UnitFen * line.Units - line.OffFen)
                && one.TotalFen == one.Lines.Sum(line => line.TotalFen) && one.VouchersFen!.All(fen => fen >= 0) && bare.TotalFen - one.VouchersFen!.Sum() == one.TotalFen
                && one.Steps.Where(step => vouchers.Any(v => v.Id == step.Rule)).Sum(step => step.BeforeFen - step.AfterFen) == one.VouchersFen!.Sum();
            var lines = tariff.Lines;
            random.Shuffle(vouchers);
            random.Shuffle(lines);
            var other = OrderPrice.Of(tariff.Checked, tariff.Occasion, lines, vouchers);
            return good && other.TotalFen == one.TotalFen && other.VouchersFen!.Sum() == one.VouchersFen!.Sum();
        },
        5_000);

    [Theory]
    [InlineData("adult costs 0.00 x1", true)]
    [InlineData("* costs 0.00 x1", false)]
    [InlineData("adult costs 0.00", false)]
    [InlineData("adult costs -0.01 x1", false)]
    [InlineData("adult costs 0.00 x501", false)]
    [InlineData("* pays 0%", true)]
    [InlineData("* pays 100%", false)]
    [InlineData("* pays 50% x2", true)]
    [InlineData("* less 0.01", true)]
    [InlineData("* less 0.00", false)]
    [InlineData("* less 5.00 x1", false)]
    [InlineData("* less 5.00 from -1.00", false)]
    [InlineData("adult adult less 5.00", false)]
    public void Only_effects_that_vouchers_have_can_be_kept(string written, bool sound) => Assert.Equal(sound, VouchersOf(written).Single().Terms.IsSound());

    [Fact]
    public void Many_for_fewer_is_no_voucher() => Assert.False(new VoucherTerms(Effect.ManyForFewer(3, 2), [], 0, 0).IsSound());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Sum(long[] fen) => string.Join(" + ", fen.Select(f => (f / 100m).ToString("0.00", CultureInfo.InvariantCulture)));

    /// <summary>Reads vouchers as the document writes them: types, effect, units, least amount.</summary>
    private static AskedVoucher[] VouchersOf(string text) => [.. text.Split("; ").Select((one, at) =>
    {
        string[] words = one.Split(' ');
        var verb = Array.FindIndex(words, word => word is "costs" or "pays" or "less");
        var amount = words[verb + 1];
        var effect = words[verb] switch
        {
            "costs" => Effect.Costs(DocTable.Fen(amount)),
            "less" => Effect.Less(DocTable.Fen(amount)),
            _ => Effect.Pays(Number(amount.TrimEnd('%')) * 100),
        };
        var units = words[(verb + 2)..].FirstOrDefault(word => word[0] == 'x') is { } times ? Number(times[1..]) : 0;
        var from = Array.IndexOf(words, "from") is >= 0 and var place ? DocTable.Fen(words[place + 1]) : 0;
        return new AskedVoucher(new(at + 1, 9, 9, new byte[8]), new(effect, words[0] == "*" ? [] : [.. words[..verb].Select(type => KeptMoneyTests.Ids[type])], units, from));
    })];
}
