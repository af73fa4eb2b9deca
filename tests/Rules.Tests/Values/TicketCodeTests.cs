using FsCheck.Fluent;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Values;

public class TicketCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static TheoryData<string> Vectors => DocTable.Rows("ticket-code.md", "Examples: short code");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_short_code_is_the_one_in_the_document(string row)
    {
        var cells = DocTable.Cells(row);
        var code = TicketCode.From(Convert.FromHexString(cells[0]));
        Assert.Equal(cells[1], code.Short);
        Assert.True(TicketCode.TryParseShort(cells[1], out var canonical));
        Assert.Equal(cells[1], canonical);
    }

    [Theory]
    [InlineData("m6sc 7n75 yr3h ga9k", "M6SC7N75YR3HGA9K")]
    [InlineData("M6SC-7N75-YR3H-GA9K", "M6SC7N75YR3HGA9K")]
    [InlineData("oooG4oR4oM3oE2oo", "000G40R40M30E200")]
    [InlineData("0000 0000 0000 00i2", "0000000000000012")]
    [InlineData("0000 0000 0000 00L2", "0000000000000012")]
    public void A_short_code_is_read_as_people_type_it(string typed, string expected)
    {
        Assert.True(TicketCode.TryParseShort(typed, out var canonical));
        Assert.Equal(expected, canonical);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("M6SC7N75YR3HGA9")]
    [InlineData("M6SC7N75YR3HGA9KK")]
    [InlineData("0M6SC7N75YR3HGA9K")]
    [InlineData("M6SC7N75YR3HGA9U")]
    [InlineData("M6SC7N75YR3HGA9?")]
    [InlineData("Ｍ6SC7N75YR3HGA9K")]
    [InlineData("M6SC7N75YR3HGA9J")]
    public void A_wrong_length_letter_or_check_is_refused(string? typed)
    {
        Assert.False(TicketCode.TryParseShort(typed, out var canonical));
        Assert.Equal("", canonical);
    }

    [Fact]
    public void Every_single_wrong_character_is_refused() =>
        Holds.ForAll(Codes, code => Mistypings(code).All(wrong => !TicketCode.TryParseShort(wrong, out _)), 200);

    [Fact]
    public void Every_swap_of_two_different_characters_is_refused() =>
        Holds.ForAll(Codes, code => Swaps(code).All(wrong => !TicketCode.TryParseShort(wrong, out _)), 1_000);

    [Fact]
    public void All_papers_of_a_ticket_differ_say_one_short_code_and_are_told_from_each_other_and_from_other_tickets() => Holds.ForAll(
        from code in Holds.Bytes(TicketCode.Bytes) from other in Holds.Bytes(TicketCode.Bytes) from papers in Gen.Choose(0, TicketCode.PapersMax - 1).Two() select (First: TicketCode.From(code), Other: TicketCode.From(other), papers),
        drawn => drawn.First.OnPaper(drawn.papers.Item1) is var paper
            && paper.Short == drawn.First.Short
            && paper.PaperOf(drawn.First) == drawn.papers.Item1
            && (paper == drawn.First.OnPaper(drawn.papers.Item2)) == (drawn.papers.Item1 == drawn.papers.Item2)
            && (drawn.papers.Item1 + drawn.papers.Item2 >= TicketCode.PapersMax || paper.OnPaper(drawn.papers.Item2) == drawn.First.OnPaper(drawn.papers.Item1 + drawn.papers.Item2))
            && (drawn.Other.Short == drawn.First.Short || drawn.Other.PaperOf(drawn.First) is null), 2_000);

    [Theory]
    [InlineData(-1)]
    [InlineData(TicketCode.PapersMax)]
    public void There_is_no_paper_beyond_those_that_the_last_bits_tell_apart(int exchanges) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TicketCode.From(new byte[TicketCode.Bytes]).OnPaper(exchanges));

    /// <summary>The control: the same cases against a check without weights.</summary>
    [Fact]
    public void A_check_without_weights_misses_a_swap()
    {
        Assert.All(Mistypings("0000000000000000"), wrong => Assert.NotEqual(0, Unweighted(wrong)));
        Assert.ThrowsAny<Exception>(() => Holds.ForAll(
            Codes.Select(code => code[..15] + Alphabet[Unweighted(code[..15])]),
            code => Swaps(code).All(wrong => Unweighted(wrong) != 0)));
    }

    [Fact]
    public void Ten_bytes_come_back_as_they_were_brought() => Holds.ForAll(Holds.Bytes(TicketCode.Bytes), bytes =>
    {
        var back = new byte[TicketCode.Bytes];
        var code = TicketCode.From(bytes);
        code.CopyTo(back);
        return back.AsSpan().SequenceEqual(bytes) && code == TicketCode.From(back);
    });

    [Fact]
    public void A_printed_code_reads_back_as_the_short_code() => Holds.ForAll(Holds.Bytes(TicketCode.Bytes), bytes =>
    {
        var code = TicketCode.From(bytes);
        return code.Spaced.Length == 19
            && TicketCode.TryParseShort(code.Spaced.ToLowerInvariant(), out var canonical)
            && canonical == code.Short;
    });

    [Fact]
    public void No_text_makes_the_reader_of_short_codes_throw() =>
        Holds.ForAll(Holds.AnyText, text => TicketCode.TryParseShort(text, out var canonical) == (canonical.Length == 16));

    [Fact]
    public void Codes_of_one_day_begin_alike_and_differ_in_seventy_bits() => Holds.ForAll(Holds.Bytes(TicketCode.Bytes), bytes =>
    {
        var day = new DateOnly(2026, 11, 21);
        var code = TicketCode.For(day, bytes);
        var kept = new byte[TicketCode.Bytes];
        code.CopyTo(kept);
        return code.Short[..2] == Alphabet[day.DayNumber % 1024 / 32].ToString() + Alphabet[day.DayNumber % 32]
            && TicketCode.For(day.AddDays(1), bytes).Short[..2] != code.Short[..2]
            && TicketCode.For(day.AddDays(1024), bytes) == code
            && kept.AsSpan(2).SequenceEqual(bytes.AsSpan(2)) && (kept[1] & 63) == (bytes[1] & 63);
    });

    [Fact]
    public void A_code_of_nine_bytes_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TicketCode.From(new byte[9]));

    private static FsCheck.Gen<string> Codes { get; } = Holds.Bytes(TicketCode.Bytes).Select(bytes => TicketCode.From(bytes).Short);

    private static int Unweighted(string text) => text.Aggregate(0, (sum, letter) => sum ^ Alphabet.IndexOf(letter));

    private static IEnumerable<string> Mistypings(string code) =>
        from place in Enumerable.Range(0, code.Length)
        from letter in Alphabet
        where letter != code[place]
        select code[..place] + letter + code[(place + 1)..];

    private static IEnumerable<string> Swaps(string code) =>
        from left in Enumerable.Range(0, code.Length)
        from right in Enumerable.Range(left + 1, code.Length - left - 1)
        where code[left] != code[right]
        select code[..left] + code[right] + code[(left + 1)..right] + code[left] + code[(right + 1)..];
}
