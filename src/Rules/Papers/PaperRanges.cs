namespace Shanmen.Rules.Papers;

/// <summary>Numbers of a paper from one to another, both included.</summary>
public readonly record struct PaperRange(long From, long To)
{
    /// <summary>The largest number that twelve digits write.</summary>
    public const long NumberMax = 999_999_999_999;

    public long Count() => To - From + 1;

    /// <summary>Whether it names numbers that there can be, the least first.</summary>
    public bool IsSound() => From >= 0 && From <= To && To <= NumberMax;
}

/// <summary>Numbers of a paper that are in one place: ranges that do not touch, the least first. docs/algorithms/ticket-stock.md, "Ranges".</summary>
public sealed class PaperRanges
{
    /// <summary>A place holds no more ranges than this.</summary>
    public const int Most = 500;

    public static readonly PaperRanges None = new([]);

    private readonly PaperRange[] _ranges;

    /// <param name="ranges">Sound ones, as <see cref="Ranges"/> gave them or in any order; none overlaps another.</param>
    public PaperRanges(IEnumerable<PaperRange> ranges)
    {
        var joined = new List<PaperRange>();
        foreach (var range in ranges.OrderBy(r => r.From))
        {
            if (!range.IsSound()) throw new ArgumentException("A range must name numbers that there can be.", nameof(ranges));
            if (joined.Count > 0 && joined[^1].To >= range.From) throw new ArgumentException("Two ranges hold the same number.", nameof(ranges));
            if (joined.Count > 0 && joined[^1].To + 1 == range.From) joined[^1] = joined[^1] with { To = range.To };
            else joined.Add(range);
        }
        _ranges = [.. joined];
    }

    public IReadOnlyList<PaperRange> Ranges => _ranges;
    public long Count => _ranges.Sum(r => r.Count());

    /// <summary>Whether all of a range is there.</summary>
    public bool Holds(PaperRange range) => Array.Exists(_ranges, r => r.From <= range.From && r.To >= range.To);

    /// <summary>Whether any number of a range is there.</summary>
    public bool Touches(PaperRange range) => Array.Exists(_ranges, r => r.From <= range.To && r.To >= range.From);

    /// <summary>With the numbers of a range that is not there yet; null where any of them is.</summary>
    public PaperRanges? With(PaperRange range) => Touches(range) ? null : new([.. _ranges, range]);

    /// <summary>Without the numbers of a range; null where any of them is not there.</summary>
    public PaperRanges? Without(PaperRange range) => Holds(range) ? Except(new([range])) : null;

    /// <summary>The numbers that are here and not there.</summary>
    public PaperRanges Except(PaperRanges other)
    {
        var left = new List<PaperRange>();
        foreach (var range in _ranges)
        {
            var from = range.From;
            foreach (var gone in other._ranges.Where(g => g.From <= range.To && g.To >= range.From))
            {
                if (gone.From > from) left.Add(new(from, gone.From - 1));
                from = gone.To + 1;
            }
            if (from <= range.To) left.Add(new(from, range.To));
        }
        return new(left);
    }

    /// <summary>The numbers that a seller uses next: from one on upwards through what is there, and then from the least on. Null where there are too few.</summary>
    /// <param name="next">From which on; null, and one that is past all, = from the least.</param>
    public long[]? Next(long? next, int wanted)
    {
        if (wanted > Count) return null;
        var numbers = new List<long>(wanted);
        var start = next ?? 0;
        foreach (var range in _ranges.Where(r => r.To >= start)) Take(Math.Max(range.From, start), range.To);
        foreach (var range in _ranges.Where(r => r.From < start)) Take(range.From, Math.Min(range.To, start - 1));
        return [.. numbers];

        void Take(long from, long to)
        {
            for (var number = from; number <= to && numbers.Count < wanted; number++) numbers.Add(number);
        }
    }
}

/// <summary>How a paper's numbers are written: a prefix and so many digits.</summary>
public readonly record struct PaperNumbers(string Prefix, int Digits)
{
    public const int PrefixMax = 6, DigitsMin = 4, DigitsMax = 12;

    /// <summary>Whether a press could print it so.</summary>
    public bool IsSound() => Prefix.Length <= PrefixMax && Prefix.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && Digits is >= DigitsMin and <= DigitsMax;

    public string Text(long number) => Prefix + number.ToString(new string('0', Digits), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads a number as people type it, with or without prefix and leading zeros; null where it is none of this paper.</summary>
    public long? Read(string text)
    {
        var typed = text.Trim().ToUpperInvariant();
        // A prefix may itself end in digits, so whatever has the full length is read with it first.
        if (typed.Length == Prefix.Length + Digits && typed.StartsWith(Prefix, StringComparison.Ordinal)) typed = typed[Prefix.Length..];
        else if (Prefix.Length > 0 && char.IsLetter(Prefix[0]) && typed.StartsWith(Prefix, StringComparison.Ordinal)) typed = typed[Prefix.Length..];
        return typed.Length is > 0 && typed.Length <= Digits && typed.All(char.IsAsciiDigit) ? long.Parse(typed, System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
