using System.Globalization;

namespace Shanmen.Rules.Values;

/// <summary>
/// A resident identity number (公民身份号码, GB 11643): six digits of place, eight of birth, three of sequence, one check.
/// The old 15-digit form is read too and kept in its 18-digit form, so that one person has one number.
/// Numbers of the permanent residence card for foreigners (first digit 9, then the place of issue) have the same shape and are read.
/// </summary>
public readonly record struct IdNumber
{
    private const string CheckCharacters = "10X98765432";

    /// <summary>GB/T 2260 codes of the provinces, and 81 to 83 for the residence permits of Hong Kong, Macao and Taiwan people.</summary>
    private static readonly HashSet<int> Places =
    [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
        50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
    ];

    private readonly string? _text;

    private IdNumber(string text, DateOnly birth)
    {
        _text = text;
        Birth = birth;
    }

    /// <summary>The eighteen characters, the check an upper-case X where it is one. Personal: never write it to a log.</summary>
    public string Text => _text ?? "";

    /// <summary>Date of birth.</summary>
    public DateOnly Birth { get; }

    /// <summary>
    /// The province in which it was first given, by the two digits of GB/T 2260; Taiwan (71) also for a residence permit of Taiwan people (83).
    /// Null for a foreigner's permanent residence card.
    /// </summary>
    public string? Province => _text is null || _text[0] == '9' ? null : _text[..2] == "83" ? "71" : _text[..2];

    /// <summary>First and last four characters, the rest starred: <c>3701**********1234</c>.</summary>
    public string Masked => _text is null ? "" : $"{_text[..4]}**********{_text[14..]}";

    /// <summary>Full years of age on a day; negative before birth.</summary>
    public int AgeOn(DateOnly day)
    {
        var years = day.Year - Birth.Year;
        return (day.Month, day.Day).CompareTo((Birth.Month, Birth.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>
    /// Reads 18 characters (x or X as check) or the old 15 digits, blanks around and between allowed.
    /// False for a wrong length, place, date of birth (1800 to 2099) or check.
    /// </summary>
    public static bool TryParse(string? text, out IdNumber number)
    {
        number = default;
        Span<char> kept = stackalloc char[18];
        if (!Digits.TryKeep(text, kept, out var count) || count is not (15 or 18))
        {
            return false;
        }

        if (count == 15)
        {
            // The old form says the year with two digits and has no check. It was given to nobody born after 1999.
            kept[6..15].CopyTo(kept[8..]);
            "19".CopyTo(kept[6..]);
            if (kept[..17].ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            kept[17] = CheckOf(kept[..17]);
        }

        if (kept[..17].ContainsAnyExceptInRange('0', '9') || kept[17] != CheckOf(kept[..17]) || !IsPlace(kept))
        {
            return false;
        }

        if (!DateOnly.TryParseExact(kept[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth)
            || birth.Year is < 1800 or > 2099)
        {
            return false;
        }

        number = new(new string(kept), birth);
        return true;
    }

    /// <summary>The masked number: what reaches a log by accident must not be the number itself.</summary>
    public override string ToString() => Masked;

    private static bool IsPlace(ReadOnlySpan<char> kept)
    {
        var place = kept[0] == '9' ? kept[1..3] : kept[..2];
        return Places.Contains(((place[0] - '0') * 10) + place[1] - '0');
    }

    /// <summary>ISO 7064 MOD 11-2.</summary>
    private static char CheckOf(ReadOnlySpan<char> seventeen)
    {
        var sum = 0;
        foreach (var digit in seventeen)
        {
            sum = (sum + digit - '0') * 2 % 11;
        }

        return CheckCharacters[sum];
    }
}
