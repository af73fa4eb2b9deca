using System.Security.Cryptography;
using System.Text;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>One voucher (券), and how often it was used.</summary>
/// <param name="Id">Stands for its code: <see cref="VoucherCode.IdOf"/>.</param>
/// <param name="Serial">From 1, within its batch.</param>
/// <param name="Used">How often it was used and did not come back.</param>
/// <param name="Order">The last order that uses it; null while none does.</param>
internal sealed record Voucher(Guid Id, int Park, Guid Batch, int Serial, int Used, bool Voided, Guid? Order, long? UsedAt)
{
    public static readonly RowTable<Guid, Voucher> Table = new("voucher", "id, park, batch, serial, used, voided, order_id, used_at",
        r => new(r.Id(0), r.Int(1), r.Id(2), r.Int(3), r.Int(4), r.Bool(5), r.IdOrNull(6), r.LongOrNull(7)),
        v => [v.Id, v.Park, v.Batch, v.Serial, v.Used, v.Voided, v.Order, v.UsedAt], v => v.Id);
}

/// <summary>The code of a voucher (券码): drawn like a ticket's, or four to twenty letters and digits that somebody chose.</summary>
internal static class VoucherCode
{
    private const int ChosenMin = 4, ChosenMax = 20;

    /// <summary>Stands before the code where a scanner reads it, so that it is told from a ticket's, and a short one from typing.</summary>
    private const string Mark = "VOUCHER-";

    /// <summary>The code in its one form; null where it can be none.</summary>
    public static string? Read(string? typed)
    {
        var text = (typed ?? "").Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        if (text.StartsWith(Mark, StringComparison.Ordinal)) text = text[Mark.Length..];
        if (TicketCode.TryParseShort(text, out var drawn)) return drawn;
        return text.Length is >= ChosenMin and <= ChosenMax && text.All(char.IsAsciiLetterOrDigit) ? text : null;
    }

    /// <summary>A code that somebody chose; null where it cannot be one, or could be one that was drawn.</summary>
    public static string? Chosen(string typed) => TicketCode.TryParseShort(typed, out _) ? null : Read(typed);

    /// <summary>A code as scanners read it.</summary>
    public static string Marked(string code) => Mark + code;

    /// <summary>A code as it is printed: one that was drawn in groups of four.</summary>
    public static string Spaced(string code) => TicketCode.TryParseShort(code, out _) ? string.Join(' ', code.Chunk(4).Select(four => new string(four))) : code;

    /// <summary>What stands for a code in a park.</summary>
    internal static Guid IdOf(int park, string code)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"voucher|{park}|{code}")).AsSpan(0, 16);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        return new(bytes, bigEndian: true);
    }
}
