namespace Shanmen.Rules.Values;

/// <summary>Reads numbers as people type them.</summary>
internal static class Digits
{
    /// <summary>
    /// Keeps digits, a leading plus and the letter X (made upper case), drops blanks and hyphens.
    /// False at any other character or when more is left than fits.
    /// </summary>
    public static bool TryKeep(string? text, Span<char> kept, out int count)
    {
        count = 0;
        foreach (var typed in text ?? "")
        {
            if (typed is ' ' or '-')
            {
                continue;
            }

            var isKept = typed is (>= '0' and <= '9') or 'x' or 'X' || (typed == '+' && count == 0);
            if (!isKept || count == kept.Length)
            {
                return false;
            }

            kept[count++] = typed == 'x' ? 'X' : typed;
        }

        return true;
    }
}
