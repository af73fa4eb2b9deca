using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Values;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("13812345678")]
    [InlineData("138 1234 5678")]
    [InlineData("138-1234-5678")]
    [InlineData("+86 138 1234 5678")]
    [InlineData("8613812345678")]
    [InlineData("0086 13812345678")]
    public void A_mobile_number_is_read_as_people_type_it(string typed)
    {
        Assert.True(PhoneNumber.TryParse(typed, out var number));
        Assert.Equal("13812345678", number.Text);
        Assert.Equal("138****5678", number.Masked);
        Assert.Equal("138****5678", number.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1381234567")]
    [InlineData("138123456789")]
    [InlineData("12812345678")]
    [InlineData("23812345678")]
    [InlineData("+8513812345678")]
    [InlineData("+13812345678")]
    [InlineData("1381234567X")]
    [InlineData("138****5678")]
    [InlineData("138+12345678")]
    public void Anything_else_is_refused(string? typed) => Assert.False(PhoneNumber.TryParse(typed, out _));

    [Fact]
    public void No_number_is_shown_as_nothing() => Assert.Equal("", default(PhoneNumber).Masked);
}
