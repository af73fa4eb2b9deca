namespace Shanmen.Rules.Values;

/// <summary>A mobile telephone number of the Chinese mainland: eleven digits, 13… to 19….</summary>
public readonly record struct PhoneNumber
{
    private const int Length = 11;

    private readonly string? _text;

    private PhoneNumber(string text) => _text = text;

    /// <summary>The eleven digits without a country code. Personal: never write it to a log.</summary>
    public string Text => _text ?? "";

    /// <summary>Three and four digits, the rest starred: <c>138****5678</c>.</summary>
    public string Masked => _text is null ? "" : $"{_text[..3]}****{_text[7..]}";

    /// <summary>Reads eleven digits, with or without +86, 86 or 0086 before them; blanks and hyphens are allowed. False for anything else.</summary>
    public static bool TryParse(string? text, out PhoneNumber number)
    {
        number = default;
        Span<char> room = stackalloc char[Length + 4];
        if (!Digits.TryKeep(text, room, out var count))
        {
            return false;
        }

        ReadOnlySpan<char> kept = room[..count];
        foreach (var prefix in (ReadOnlySpan<string>)["+86", "0086", "86"])
        {
            if (kept.Length == Length + prefix.Length && kept.StartsWith(prefix))
            {
                kept = kept[prefix.Length..];
                break;
            }
        }

        if (kept.Length != Length || kept.ContainsAnyExceptInRange('0', '9') || kept[0] != '1' || kept[1] < '3')
        {
            return false;
        }

        number = new(new string(kept));
        return true;
    }

    /// <summary>The masked number: what reaches a log by accident must not be the number itself.</summary>
    public override string ToString() => Masked;
}
