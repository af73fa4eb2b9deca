using FsCheck.Fluent;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Values;

public class IdNumberTests
{
    private const string Known = "11010519491231002X";

    [Theory]
    [InlineData("11010519491231002X", "11010519491231002X", "1949-12-31")]
    [InlineData("440524188001010014", "440524188001010014", "1880-01-01")]
    [InlineData("110105 19491231 002x", "11010519491231002X", "1949-12-31")]
    [InlineData("370102200002290012", "370102200002290012", "2000-02-29")]
    [InlineData("810000199003070015", "810000199003070015", "1990-03-07")]
    [InlineData("911015198001010013", "911015198001010013", "1980-01-01")]
    [InlineData("320311770706001", "320311197707060018", "1977-07-06")]
    public void A_number_with_the_right_check_is_read(string typed, string text, string birth)
    {
        Assert.True(IdNumber.TryParse(typed, out var number));
        Assert.Equal(text, number.Text);
        Assert.Equal(DateOnly.Parse(birth), number.Birth);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("110105194912310021")]
    [InlineData("11010519491231002")]
    [InlineData("11010519491231002XX")]
    [InlineData("370102190002290016")]
    [InlineData("100105194912310028")]
    [InlineData("370102202313010013")]
    [InlineData("370102179912310015")]
    [InlineData("X10105194912310021")]
    [InlineData("+10105194912310021")]
    [InlineData("32031177070600X")]
    [InlineData("320311770732001")]
    [InlineData("１１010519491231002X")]
    public void A_wrong_length_place_birth_or_check_is_refused(string? typed) => Assert.False(IdNumber.TryParse(typed, out _));

    [Fact]
    public void A_number_is_shown_only_in_part()
    {
        Assert.True(IdNumber.TryParse(Known, out var number));
        Assert.Equal("1101**********002X", number.Masked);
        Assert.Equal(number.Masked, number.ToString());
        Assert.Equal("", default(IdNumber).Masked);
    }

    [Theory]
    [InlineData("110105", "11")]
    [InlineData("820000", "82")]
    [InlineData("830000", "71")]
    [InlineData("911000", null)]
    public void The_province_is_that_of_the_first_two_digits(string place, string? province)
    {
        var number = Enumerable.Range(0, 11).Select(check => $"{place}19491231002{(check == 10 ? "X" : check)}").Single(text => IdNumber.TryParse(text, out _));
        Assert.True(IdNumber.TryParse(number, out var read));
        Assert.Equal(province, read.Province);
        Assert.Null(default(IdNumber).Province);
    }

    [Theory]
    [InlineData("2026-02-28", 25)]
    [InlineData("2026-03-01", 26)]
    [InlineData("2028-02-28", 27)]
    [InlineData("2028-02-29", 28)]
    [InlineData("2000-02-29", 0)]
    [InlineData("1999-12-31", -1)]
    public void A_child_of_the_leap_day_grows_older_in_time(string day, int age)
    {
        Assert.True(IdNumber.TryParse("370102200002290012", out var number));
        Assert.Equal(age, number.AgeOn(DateOnly.Parse(day)));
    }

    [Fact]
    public void Every_single_wrong_digit_is_refused()
    {
        foreach (var place in Enumerable.Range(0, 18))
        {
            foreach (var wrong in "0123456789X".Where(letter => letter != Known[place]))
            {
                Assert.False(IdNumber.TryParse(Known[..place] + wrong + Known[(place + 1)..], out _), $"{wrong} at {place}");
            }
        }
    }

    [Fact]
    public void No_text_makes_the_readers_of_numbers_throw() => Holds.ForAll(
        Gen.OneOf(Holds.AnyText, Gen.Elements("0123456789Xx -+".ToCharArray()).ArrayOf().Select(letters => new string(letters))),
        text => (IdNumber.TryParse(text, out var id) ? id.Text.Length == 18 : id == default)
            && (PhoneNumber.TryParse(text, out var phone) ? phone.Text.Length == 11 : phone == default));
}
