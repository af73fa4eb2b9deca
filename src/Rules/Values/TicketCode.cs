using System.Buffers.Binary;

namespace Shanmen.Rules.Values;

/// <summary>
/// The code of one ticket (票码): ten bits that keep the tickets of one day together in an index, and 70 random bits which
/// the caller brings. Whoever knows it may enter, so nothing else of it comes from a counter or a clock. People read its
/// <see cref="Short"/> form; see docs/protocols/ticket-code.md and docs/decisions/0003-a-typed-code-has-65-secret-bits.md.
/// </summary>
public readonly record struct TicketCode
{
    /// <summary>Bytes in a code.</summary>
    public const int Bytes = 10;

    private readonly ulong _first64;
    private readonly ushort _last16;

    private TicketCode(ulong first64, ushort last16)
    {
        _first64 = first64;
        _last16 = last16;
    }

    /// <summary>
    /// A new code for a ticket of that day, from ten random bytes whose first ten bits give way to the day's number modulo
    /// 1,024. The day is where the code lies in an index and says nothing of when it admits: a rebooked ticket keeps its code.
    /// </summary>
    public static TicketCode For(DateOnly day, ReadOnlySpan<byte> tenRandomBytes)
    {
        var random = From(tenRandomBytes);
        var place = (ulong)(day.DayNumber % 1024) << 54;
        return new(place | (random._first64 & ((1UL << 54) - 1)), random._last16);
    }

    /// <summary>The code that these ten bytes are; another length is a bug and throws.</summary>
    public static TicketCode From(ReadOnlySpan<byte> tenBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tenBytes.Length, Bytes);
        return new(BinaryPrimitives.ReadUInt64BigEndian(tenBytes), BinaryPrimitives.ReadUInt16BigEndian(tenBytes[8..]));
    }

    /// <summary>Writes the ten bytes, the most significant first.</summary>
    public void CopyTo(Span<byte> tenBytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(tenBytes, _first64);
        BinaryPrimitives.WriteUInt16BigEndian(tenBytes[8..], _last16);
    }

    /// <summary>Papers that a ticket may have, one after the other: as many as the last five bits tell apart.</summary>
    public const int PapersMax = 1 << PaperBits;

    private const int PaperBits = 5;

    /// <summary>The code of a later paper of the same ticket (换票): its last five bits are advanced, all others stay.</summary>
    /// <param name="exchanges">How often the paper was exchanged since this code; 0 to 31, another number is a bug and throws.</param>
    public TicketCode OnPaper(int exchanges)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exchanges);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(exchanges, PapersMax);
        return new(_first64, (ushort)((_last16 & ~(PapersMax - 1)) | ((_last16 + exchanges) & (PapersMax - 1))));
    }

    /// <summary>Which paper of the ticket with this first code it is, from 0; null when it is of another ticket.</summary>
    /// <param name="first">The code of the ticket's first paper.</param>
    public int? PaperOf(TicketCode first) => _first64 != first._first64 || (_last16 ^ first._last16) >= PapersMax ? null : (_last16 - first._last16) & (PapersMax - 1);

    /// <summary>Sixteen characters for people: the first 75 bits and one check character, upper case, without blanks.</summary>
    public string Short => string.Create(ShortCode.Length, (_first64, _last16), static (text, code) =>
    {
        var bits = ((UInt128)code._first64 << 16) | code._last16;
        for (var place = 0; place < ShortCode.Length - 1; place++)
        {
            text[place] = ShortCode.Alphabet[(int)((bits >> (75 - (5 * place))) & 31)];
        }

        text[^1] = ShortCode.CheckOf(text[..^1]);
    });

    /// <summary>The short code in groups of four, as it is printed.</summary>
    public string Spaced => ShortCode.Spaced(Short);

    /// <summary>
    /// Reads a short code as a person types it: lower case, blanks and hyphens, O for 0, I or L for 1.
    /// False when the length, a letter or the check character is wrong; <paramref name="canonical"/> is then empty.
    /// </summary>
    public static bool TryParseShort(string? text, out string canonical) => ShortCode.TryParse(text, out canonical);

    /// <summary>The short code; the last five bits stay unsaid.</summary>
    public override string ToString() => Short;
}
