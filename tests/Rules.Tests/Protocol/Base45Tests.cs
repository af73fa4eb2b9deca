using System.Text;
using FsCheck.Fluent;
using Shanmen.Protocol;

namespace Shanmen.Rules.Tests.Protocol;

public class Base45Tests
{
    /// <summary>The examples of RFC 9285, sections 4.3 and 4.4.</summary>
    [Theory]
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void The_examples_of_the_standard_hold(string plain, string encoded)
    {
        var bytes = new byte[64];
        Assert.Equal(encoded, Base45.Encode(Encoding.ASCII.GetBytes(plain)));
        Assert.True(Base45.TryDecode(encoded, bytes, out var written));
        Assert.Equal(plain, Encoding.ASCII.GetString(bytes, 0, written));
    }

    [Theory]
    [InlineData("FGW", true)]
    [InlineData("GGW", false)]
    [InlineData(":::", false)]
    [InlineData("U5", true)]
    [InlineData("V5", false)]
    [InlineData("::", false)]
    [InlineData("B", false)]
    [InlineData("BB8B", false)]
    [InlineData("bb8", false)]
    [InlineData("BB_", false)]
    [InlineData("ＢB8", false)]
    public void A_group_that_overflows_and_a_letter_outside_are_refused(string text, bool isRead)
    {
        var bytes = new byte[64];
        Assert.Equal(isRead, Base45.TryDecode(text, bytes, out var written));
        Assert.Equal(isRead, written > 0);
    }

    [Fact]
    public void Too_little_room_is_refused_and_not_overrun()
    {
        Assert.False(Base45.TryDecode("%69 VD92EX0", new byte[6], out var written));
        Assert.Equal(0, written);
        Assert.True(Base45.TryDecode("%69 VD92EX0", new byte[7], out _));
    }

    [Fact]
    public void All_bytes_come_back() => Holds.ForAll(Gen.Choose(0, 120).SelectMany(Holds.Bytes), bytes =>
    {
        var text = Base45.Encode(bytes);
        var back = new byte[bytes.Length];
        return text.Length == Base45.LengthOf(bytes.Length)
            && Base45.TryDecode(text, back, out var written)
            && written == bytes.Length
            && back.AsSpan().SequenceEqual(bytes);
    });

    [Fact]
    public void A_text_that_is_read_is_the_only_text_for_its_bytes() => Holds.ForAll(Holds.AnyText, text =>
    {
        var bytes = new byte[4096];
        return !Base45.TryDecode(text, bytes, out var written) || Base45.Encode(bytes.AsSpan(0, written)) == text;
    });
}
