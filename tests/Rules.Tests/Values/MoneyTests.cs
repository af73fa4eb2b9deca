using System.Globalization;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Values;

public class MoneyTests
{
    [Theory]
    [InlineData(0, "¥0.00")]
    [InlineData(5, "¥0.05")]
    [InlineData(-5, "-¥0.05")]
    [InlineData(1_234_50, "¥1,234.50")]
    [InlineData(10_000_000_00, "¥10,000,000.00")]
    [InlineData(long.MinValue, "-¥92,233,720,368,547,758.08")]
    public void Money_is_written_alike_in_every_culture(long fen, string text)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(text, new Money(fen).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Money_adds_subtracts_multiplies_and_compares()
    {
        var ticket = new Money(120_00);
        Assert.Equal(new Money(240_00), ticket + ticket);
        Assert.Equal(Money.Zero, ticket - ticket);
        Assert.Equal(new Money(-120_00), -ticket);
        Assert.Equal(new Money(360_00), ticket * 3);
        Assert.True(-ticket < Money.Zero && ticket > Money.Zero && ticket >= new Money(120_00) && ticket <= new Money(120_00));
        Assert.Equal([-ticket, Money.Zero, ticket], new[] { ticket, -ticket, Money.Zero }.Order());
    }

    [Fact]
    public void Money_that_overflows_throws_and_never_wraps()
    {
        var most = new Money(long.MaxValue);
        var least = new Money(long.MinValue);
        Assert.Throws<OverflowException>(() => most + new Money(1));
        Assert.Throws<OverflowException>(() => least - new Money(1));
        Assert.Throws<OverflowException>(() => -least);
        Assert.Throws<OverflowException>(() => most * 2);
    }
}
