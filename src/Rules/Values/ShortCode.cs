namespace Shanmen.Rules.Values;

/// <summary>
/// The alphabet and the check of the short ticket code: fifteen Crockford base-32 characters and one check character
/// chosen so that the weighted sum of all sixteen over GF(32) is zero. The weights are distinct and not zero, so every
/// single wrong character and every swap of two different characters is found. See docs/protocols/ticket-code.md.
/// </summary>
internal static class ShortCode
{
    public const int Length = 16;
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>x⁵ + x² + 1, whose root 2 generates all 31 non-zero elements: its first sixteen powers are distinct.</summary>
    private const int Polynomial = 0b100101;

    /// <summary>The check character that closes fifteen characters of the alphabet.</summary>
    public static char CheckOf(ReadOnlySpan<char> fifteen) => Alphabet[Times2(Folded(fifteen))];

    public static bool TryParse(string? text, out string canonical)
    {
        canonical = "";
        Span<char> kept = stackalloc char[Length];
        var count = 0;
        foreach (var typed in text ?? "")
        {
            if (typed is ' ' or '-')
            {
                continue;
            }

            var letter = Meant(typed);
            if (count == Length || Alphabet.IndexOf(letter) < 0)
            {
                return false;
            }

            kept[count++] = letter;
        }

        if (count != Length || Folded(kept) != 0)
        {
            return false;
        }

        canonical = new string(kept);
        return true;
    }

    public static string Spaced(string code) => $"{code[..4]} {code[4..8]} {code[8..12]} {code[12..]}";

    /// <summary>What the person meant: case does not matter, and the letters that the alphabet leaves out are digits.</summary>
    private static char Meant(char typed)
    {
        var upper = typed is >= 'a' and <= 'z' ? (char)(typed - 32) : typed;
        return upper switch { 'O' => '0', 'I' or 'L' => '1', _ => upper };
    }

    /// <summary>Horner's rule: the last character weighs 1, each one before it twice as much in GF(32).</summary>
    private static int Folded(ReadOnlySpan<char> characters)
    {
        var sum = 0;
        foreach (var character in characters)
        {
            sum = Times2(sum) ^ Alphabet.IndexOf(character);
        }

        return sum;
    }

    private static int Times2(int element)
    {
        var doubled = element << 1;
        return (doubled & 32) == 0 ? doubled : doubled ^ Polynomial;
    }
}
