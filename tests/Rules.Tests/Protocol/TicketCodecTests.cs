using System.Security.Cryptography;
using FsCheck.Fluent;
using Shanmen.Protocol;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Protocol;

public sealed class TicketCodecTests : IDisposable
{
    private const ushort OurPark = 17;

    private static readonly SignedTicket Group =
        new(OurPark, TicketCode.From(Convert.FromHexString("a1b2c3d4e5f60718293a")), 3, new(2026, 11, 21), 1, 35);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> Vectors => DocTable.Rows("ticket-code.md", "Vectors");

    public void Dispose() => _key.Dispose();

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_ticket_signed_by_another_program_is_read(string row)
    {
        var cells = DocTable.Cells(row);
        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "ticket-code.md"));
        var start = document.IndexOf("`30593013", StringComparison.Ordinal) + 1;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromHexString(document[start..document.IndexOf('`', start)]), out _);

        var asked = new List<byte>();
        var reading = TicketCodec.Read(cells[1], OurPark, id =>
        {
            asked.Add(id);
            return key;
        });
        Assert.Equal(new TicketReading(ReadOutcome.Read, Group), reading);
        Assert.Equal([byte.Parse(cells[0])], asked);
    }

    [Fact]
    public void A_signed_ticket_comes_back_and_fits_a_small_code() => Holds.ForAll(
        from bytes in Holds.Bytes(TicketCode.Bytes)
        from numbers in Gen.Choose(0, ushort.MaxValue).ArrayOf(4)
        from days in Gen.Choose(1, 255)
        from keyId in Gen.Choose(0, 255)
        select (
            Ticket: new SignedTicket(
                (ushort)numbers[0], TicketCode.From(bytes), (ushort)numbers[1], new DateOnly(2020, 1, 1).AddDays(short.MinValue + numbers[2]), (byte)days, (ushort)Math.Max(1, numbers[3])),
            KeyId: (byte)keyId),
        pair =>
        {
            var text = TicketCodec.Sign(pair.Ticket, pair.KeyId, _key);
            var reading = TicketCodec.Read(text, pair.Ticket.Park, id => id == pair.KeyId ? _key : null);
            var trimmed = TicketCodec.Read(text.Trim() + "\r\n", pair.Ticket.Park, id => id == pair.KeyId ? _key : null);
            return text.Length == TicketCodec.Characters && reading == new TicketReading(ReadOutcome.Read, pair.Ticket) && trimmed == reading;
        },
        1_000);

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        var bytes = Signed(out _);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(Base45.Encode(bytes), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Every_wrong_character_is_refused()
    {
        Signed(out var text);
        foreach (var place in Enumerable.Range(0, text.Length))
        {
            AssertRefused(text[..place] + (text[place] == '7' ? '8' : '7') + text[(place + 1)..], $"character {place}");
        }
    }

    [Fact]
    public void Every_truncation_and_every_extension_is_refused()
    {
        var bytes = Signed(out var text);
        foreach (var length in Enumerable.Range(0, text.Length))
        {
            AssertRefused(text[..length], $"first {length}");
            AssertRefused(text[(text.Length - length)..], $"last {length}");
        }

        foreach (var extra in Enumerable.Range(1, 20))
        {
            AssertRefused(Base45.Encode([.. bytes, .. new byte[extra]]), $"{extra} more bytes");
            AssertRefused(text + new string('0', extra), $"{extra} more characters");
        }
    }

    [Fact]
    public void Only_one_algorithm_is_read_whatever_was_signed()
    {
        var bytes = Signed(out _);
        foreach (var algorithm in Enumerable.Range(0, 256).Where(algorithm => algorithm != TicketCodec.EcdsaP256Sha256))
        {
            bytes[0] = (byte)algorithm;
            _key.SignData(bytes.AsSpan(0, 21), bytes.AsSpan(21), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            Assert.Equal(ReadOutcome.Damaged, Read(Base45.Encode(bytes)).Outcome);
        }
    }

    [Fact]
    public void Fields_that_no_signer_writes_are_damage_even_when_signed()
    {
        foreach (var (offset, count) in new[] { (18, 1), (19, 2) })
        {
            var bytes = Signed(out _);
            bytes.AsSpan(offset, count).Clear();
            _key.SignData(bytes.AsSpan(0, 21), bytes.AsSpan(21), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            Assert.Equal(ReadOutcome.Damaged, Read(Base45.Encode(bytes)).Outcome);
        }
    }

    [Fact]
    public void A_neighbours_ticket_is_foreign_and_a_rewritten_one_is_altered()
    {
        using var theirs = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var text = TicketCodec.Sign(Group with { Park = 18 }, 1, theirs);
        Assert.Equal(new TicketReading(ReadOutcome.ForeignPark, default), Read(text));

        var bytes = new byte[TicketCodec.Bytes];
        Assert.True(Base45.TryDecode(text, bytes, out _));
        bytes[3] = (byte)OurPark;
        Assert.Equal(new TicketReading(ReadOutcome.Altered, default), Read(Base45.Encode(bytes)));
    }

    [Fact]
    public void A_key_that_is_not_listed_vouches_for_nothing() => Assert.Equal(
        new TicketReading(ReadOutcome.UnknownKey, default),
        TicketCodec.Read(TicketCodec.Sign(Group, 9, _key), OurPark, id => id == 1 ? _key : null));

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void A_signature_of_one_byte_repeated_is_altered(byte filler)
    {
        var bytes = Signed(out _);
        bytes.AsSpan(21).Fill(filler);
        Assert.Equal(ReadOutcome.Altered, Read(Base45.Encode(bytes)).Outcome);
    }

    [Fact]
    public void No_text_makes_the_reader_throw() =>
        Holds.ForAll(Holds.AnyText, text => Read(text) is { Outcome: not ReadOutcome.Read, Ticket: var ticket } && ticket == default);

    [Fact]
    public void No_85_bytes_are_a_ticket_without_the_key() => Holds.ForAll(
        Holds.Bytes(TicketCodec.Bytes - 4),
        bytes => Read(Base45.Encode([1, 1, 0, (byte)OurPark, .. bytes])) is { Outcome: ReadOutcome.Altered or ReadOutcome.Damaged },
        2_000);

    [Fact]
    public void What_the_table_cannot_hold_is_not_signed()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentOutOfRangeException>(() => TicketCodec.Sign(Group, 1, other));
        Assert.Throws<ArgumentOutOfRangeException>(() => TicketCodec.Sign(Group with { Days = 0 }, 1, _key));
        Assert.Throws<ArgumentOutOfRangeException>(() => TicketCodec.Sign(Group with { People = 0 }, 1, _key));
        Assert.Throws<ArgumentOutOfRangeException>(() => TicketCodec.Sign(Group with { FirstDay = new(1930, 4, 14) }, 1, _key));
        Assert.Throws<ArgumentOutOfRangeException>(() => TicketCodec.Sign(Group with { FirstDay = new(2109, 9, 19) }, 1, _key));
    }

    private byte[] Signed(out string text)
    {
        text = TicketCodec.Sign(Group, 1, _key);
        var bytes = new byte[TicketCodec.Bytes];
        Assert.True(Base45.TryDecode(text, bytes, out _));
        Assert.Equal(new TicketReading(ReadOutcome.Read, Group), Read(text));
        return bytes;
    }

    private TicketReading Read(string text) => TicketCodec.Read(text, OurPark, id => id == 1 ? _key : null);

    private void AssertRefused(string text, string what)
    {
        var reading = Read(text);
        Assert.True(reading.Outcome != ReadOutcome.Read && reading.Ticket == default, what);
    }
}
