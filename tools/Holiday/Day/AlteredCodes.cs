namespace Shanmen.Holiday.Day;

/// <summary>Makes a wrong code of a right one, so that exactly one answer is right.</summary>
static class AlteredCodes
{
    private const string Base45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    // Three characters carry two bytes. Bytes 4 to 13 are the ticket's own code and 22 to 83 the signature: wrong there, the text is
    // still whole and names this park, so only the signature can tell. See docs/protocols/ticket-code.md.
    private static readonly int[] Groups = [.. Enumerable.Range(2, 5), .. Enumerable.Range(11, 31)];

    public static int Places => Groups.Length;

    /// <summary>Another character in one place of a signed code. The first of its three is the least: lowering it never overflows two bytes.</summary>
    public static string Altered(string qr, int place)
    {
        var at = Groups[place] * 3;
        var value = Base45.IndexOf(qr[at]);
        return Put(qr, at, Base45[value == 0 ? 1 : value - 1]);
    }

    /// <summary>A slip of the finger in a short code.</summary>
    public static string Mistyped(string shortCode, int place) =>
        Put(shortCode, place, Crockford[(Crockford.IndexOf(shortCode[place]) + 1) % Crockford.Length]);

    private static string Put(string text, int at, char character) => $"{text[..at]}{character}{text[(at + 1)..]}";
}
