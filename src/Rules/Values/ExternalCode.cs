namespace Shanmen.Rules.Values;

/// <summary>The code of a ticket that somebody else issued (外部票), as it is compared. See docs/algorithms/external-tickets.md.</summary>
public static class ExternalCode
{
    /// <summary>Fewest signs: a shorter one can be guessed.</summary>
    public const int LengthMin = 8;

    /// <summary>Most signs.</summary>
    public const int LengthMax = 64;

    /// <summary>Reads what was scanned, typed or sent: blanks and case do not count, wide forms are narrow ones. False for what cannot be such a code.</summary>
    public static bool TryRead(string? text, out string code)
    {
        code = "";
        Span<char> kept = stackalloc char[LengthMax];
        var count = 0;
        foreach (var sign in text ?? "")
        {
            var narrow = sign is >= '！' and <= '～' ? (char)(sign - '！' + '!') : sign;
            if (char.IsWhiteSpace(narrow))
            {
                continue;
            }

            if (narrow is < '!' or > '~' || count == LengthMax)
            {
                return false;
            }

            kept[count++] = char.ToUpperInvariant(narrow);
        }

        if (count < LengthMin)
        {
            return false;
        }

        code = new string(kept[..count]);
        return true;
    }
}
