using FsCheck.Fluent;
using Shanmen.Rules.Papers;

namespace Shanmen.Rules.Tests.Papers;

/// <summary>Ranges of numbers as docs/algorithms/ticket-stock.md says, and as a plain set of numbers would do it .</summary>
public class PaperRangesTests
{
    public static TheoryData<string> RangeRows => DocTable.Rows("ticket-stock.md", "Examples: ranges");
    public static TheoryData<string> NextRows => DocTable.Rows("ticket-stock.md", "Examples: next");

    private static PaperRanges Read(string cell) => new(cell == "-" ? [] : cell.Split(", ").Select(Range));
    private static PaperRange Range(string text) => text.Split('-') is [var from, var to] ? new(long.Parse(from), long.Parse(to)) : throw new FormatException(text);
    private static string Write(PaperRanges? ranges) => ranges is null ? "refused" : ranges.Ranges.Count == 0 ? "-" : string.Join(", ", ranges.Ranges.Select(r => $"{r.From}-{r.To}"));

    [Theory]
    [MemberData(nameof(RangeRows))]
    public void What_a_place_has_then_is_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var (has, range) = (Read(cells[0]), Range(cells[1][1..]));
        Assert.Equal(cells[2], Write(cells[1][0] == '+' ? has.With(range) : has.Without(range)));
    }

    [Theory]
    [MemberData(nameof(NextRows))]
    public void What_a_sale_takes_is_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var taken = Read(cells[0]).Next(cells[1] == "-" ? null : long.Parse(cells[1]), int.Parse(cells[2]));
        Assert.Equal(cells[3], taken is null ? "short" : string.Join(", ", taken));
    }

    [Fact]
    public void Whatever_is_put_and_taken_it_is_what_a_set_of_numbers_says() => Holds.ForAll(Gen.Choose(0, int.MaxValue), seed =>
    {
        var random = new Random(seed);
        var (ranges, numbers) = (PaperRanges.None, new HashSet<long>());
        for (var step = 0; step < 60; step++)
        {
            var from = random.Next(40);
            var range = new PaperRange(from, from + random.Next(6));
            var all = Enumerable.Range(from, (int)range.Count()).Select(n => (long)n).ToArray();
            if (random.Next(2) == 0)
            {
                var with = ranges.With(range);
                if (with is null != numbers.Overlaps(all)) return false;
                if (with is not null) { numbers.UnionWith(all); ranges = with; }
            }
            else
            {
                var without = ranges.Without(range);
                // What is taken in one piece lies in one range: those that touch are one.
                if (without is null != !numbers.IsSupersetOf(all)) return false;
                if (without is not null) { numbers.ExceptWith(all); ranges = without; }
            }
            var other = new PaperRanges([new(random.Next(20), 20 + random.Next(20))]);
            var next = (long?)(random.Next(3) == 0 ? null : random.Next(50));
            var wanted = random.Next(1, 8);
            var should = numbers.Order().OrderBy(n => n < (next ?? 0)).Take(wanted).ToArray();
            if (ranges.Count != numbers.Count || !Flat(ranges).SequenceEqual(numbers.Order())) return false;
            if (!Flat(ranges.Except(other)).SequenceEqual(numbers.Where(n => !Flat(other).Contains(n)).Order())) return false;
            if (!(ranges.Next(next, wanted) ?? []).SequenceEqual(should.Length < wanted ? [] : should)) return false;
            if (ranges.Ranges.Zip(ranges.Ranges.Skip(1)).Any(p => p.First.To + 1 >= p.Second.From)) return false;
        }
        return true;
    }, 2_000);

    private static IEnumerable<long> Flat(PaperRanges ranges) => ranges.Ranges.SelectMany(r => Enumerable.Range((int)r.From, (int)r.Count()).Select(n => (long)n));

    [Fact]
    public void Ranges_that_cannot_be_are_no_ranges()
    {
        Assert.Throws<ArgumentException>(() => new PaperRanges([new(5, 4)]));
        Assert.Throws<ArgumentException>(() => new PaperRanges([new(-1, 4)]));
        Assert.Throws<ArgumentException>(() => new PaperRanges([new(0, PaperRange.NumberMax + 1)]));
        Assert.Throws<ArgumentException>(() => new PaperRanges([new(1, 5), new(5, 9)]));
    }

    [Theory]
    [InlineData("A", 6, "A000001", 1)]
    [InlineData("A", 6, "a000001", 1)]
    [InlineData("A", 6, " 1 ", 1)]
    [InlineData("A", 6, "A1", 1)]
    [InlineData("", 4, "0042", 42)]
    [InlineData("A2", 4, "A20042", 42)]
    [InlineData("25", 4, "250042", 42)]
    [InlineData("25", 4, "0042", 42)]
    [InlineData("A", 6, "B000001", null)]
    [InlineData("A", 6, "A0000001", null)]
    [InlineData("A", 6, "A", null)]
    [InlineData("A", 6, "", null)]
    [InlineData("", 4, "12345", null)]
    [InlineData("", 4, "-1", null)]
    public void A_number_is_read_as_people_type_it(string prefix, int digits, string typed, int? number) => Assert.Equal(number, (int?)new PaperNumbers(prefix, digits).Read(typed));

    [Theory]
    [InlineData("", 4, true), InlineData("AB12CD", 12, true), InlineData("ABCDEFG", 6, false), InlineData("ab", 6, false), InlineData("票", 6, false), InlineData("A", 3, false), InlineData("A", 13, false)]
    public void A_press_can_print_it_or_not(string prefix, int digits, bool sound) => Assert.Equal(sound, new PaperNumbers(prefix, digits).IsSound());
}
