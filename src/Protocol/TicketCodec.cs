using System.Buffers.Binary;
using System.Security.Cryptography;
using Shanmen.Rules.Values;

namespace Shanmen.Protocol;

/// <summary>
/// Signed tickets as text for a QR code: 21 bytes of fields and an ECDSA P-256 signature of 64, written in Base45.
/// The byte table is docs/protocols/ticket-code.md.
/// </summary>
public static class TicketCodec
{
    /// <summary>ECDSA on P-256 with SHA-256, signature as r and s of 32 bytes each. No other algorithm is read.</summary>
    public const byte EcdsaP256Sha256 = 1;

    /// <summary>Bytes of the whole ticket.</summary>
    public const int Bytes = FieldBytes + SignatureBytes;

    /// <summary>Characters of the whole ticket.</summary>
    public const int Characters = 128;

    private const int FieldBytes = 21;
    private const int SignatureBytes = 64;
    private static readonly DateOnly DayZero = new(2020, 1, 1);

    /// <summary>Signs a ticket. Fields that the table cannot hold and keys that are not P-256 are bugs and throw.</summary>
    public static string Sign(in SignedTicket ticket, byte keyId, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.KeySize, 256, nameof(key));
        ArgumentOutOfRangeException.ThrowIfZero(ticket.Days, nameof(ticket));
        ArgumentOutOfRangeException.ThrowIfZero(ticket.People, nameof(ticket));
        var firstDay = ticket.FirstDay.DayNumber - DayZero.DayNumber;
        ArgumentOutOfRangeException.ThrowIfLessThan(firstDay, short.MinValue, nameof(ticket));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstDay, short.MaxValue, nameof(ticket));

        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = EcdsaP256Sha256;
        bytes[1] = keyId;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], ticket.Park);
        ticket.Code.CopyTo(bytes[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], ticket.Type);
        BinaryPrimitives.WriteInt16BigEndian(bytes[16..], (short)firstDay);
        bytes[18] = ticket.Days;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[19..], ticket.People);
        key.SignData(bytes[..FieldBytes], bytes[FieldBytes..], HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return Base45.Encode(bytes);
    }

    /// <summary>
    /// Reads what a scanner typed and verifies it. Throws at no text. The park is compared before the key is looked up:
    /// key ids are each park's own, and a neighbour's honest ticket must not be called forged because our key 1 is not theirs.
    /// </summary>
    /// <param name="text">The scanned text; line ends after it are ignored.</param>
    /// <param name="park">The number of this park.</param>
    /// <param name="keyOf">This park's public key of an id, or null.</param>
    public static TicketReading Read(ReadOnlySpan<char> text, ushort park, Func<byte, ECDsa?> keyOf)
    {
        ArgumentNullException.ThrowIfNull(keyOf);
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!TryDecode(text, bytes) || bytes[0] != EcdsaP256Sha256 || !TryFields(bytes, out var ticket))
        {
            return new(ReadOutcome.Damaged, default);
        }

        if (ticket.Park != park)
        {
            return new(ReadOutcome.ForeignPark, default);
        }

        if (keyOf(bytes[1]) is not { } key)
        {
            return new(ReadOutcome.UnknownKey, default);
        }

        var isGenuine = key.VerifyData(
            bytes[..FieldBytes], bytes[FieldBytes..], HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return isGenuine ? new(ReadOutcome.Read, ticket) : new(ReadOutcome.Altered, default);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var typed = text.TrimEnd("\r\n\t ").TrimStart("\r\n\t");
        if (typed.Length == Characters)
        {
            return Base45.TryDecode(typed, bytes, out _);
        }

        if (typed.Length != Characters - 1)
        {
            return false;
        }

        // Base45 knows the blank, and with key ids 5, 50, 95 … a ticket begins with one, which form fields like to trim away.
        Span<char> whole = stackalloc char[Characters];
        whole[0] = ' ';
        typed.CopyTo(whole[1..]);
        return Base45.TryDecode(whole, bytes, out _);
    }

    private static bool TryFields(ReadOnlySpan<byte> bytes, out SignedTicket ticket)
    {
        ticket = new(
            BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            TicketCode.From(bytes[4..14]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]),
            DayZero.AddDays(BinaryPrimitives.ReadInt16BigEndian(bytes[16..])),
            bytes[18],
            BinaryPrimitives.ReadUInt16BigEndian(bytes[19..]));
        return ticket is { Days: > 0, People: > 0 };
    }
}
