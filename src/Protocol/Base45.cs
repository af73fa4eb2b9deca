namespace Shanmen.Protocol;

/// <summary>
/// Base45 of RFC 9285: two bytes become three characters of the QR code's alphanumeric set, a last single byte two.
/// Only upper case is read, and a group that says more than its bytes can hold is refused, so each text has one meaning.
/// </summary>
public static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// <summary>Characters that a number of bytes becomes.</summary>
    public static int LengthOf(int bytes) => (bytes / 2 * 3) + (bytes % 2 * 2);

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[LengthOf(bytes.Length)];
        var at = 0;
        for (var index = 0; index < bytes.Length; index += 2)
        {
            var isPair = index + 1 < bytes.Length;
            var value = isPair ? (bytes[index] << 8) | bytes[index + 1] : bytes[index];
            text[at++] = Alphabet[value % 45];
            text[at++] = Alphabet[value / 45 % 45];
            if (isPair)
            {
                text[at++] = Alphabet[value / 2025];
            }
        }

        return new string(text);
    }

    /// <summary>
    /// Reads a text into <paramref name="bytes"/>. False, with <paramref name="written"/> 0, for a character outside the alphabet,
    /// a length that no bytes give, a group that overflows, or too little room.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        var rest = text.Length % 3;
        if (rest == 1 || bytes.Length < (text.Length / 3 * 2) + (rest / 2))
        {
            return false;
        }

        var count = 0;
        for (var index = 0; index < text.Length; index += 3)
        {
            var group = text[index..Math.Min(index + 3, text.Length)];
            if (!TryValue(group, out var value))
            {
                return false;
            }

            if (group.Length == 3)
            {
                bytes[count++] = (byte)(value >> 8);
            }

            bytes[count++] = (byte)(value & 0xFF);
        }

        written = count;
        return true;
    }

    private static bool TryValue(ReadOnlySpan<char> group, out int value)
    {
        value = 0;
        for (var place = group.Length - 1; place >= 0; place--)
        {
            var digit = Alphabet.IndexOf(group[place]);
            if (digit < 0)
            {
                return false;
            }

            value = (value * 45) + digit;
        }

        return value <= (group.Length == 3 ? 0xFFFF : 0xFF);
    }
}
