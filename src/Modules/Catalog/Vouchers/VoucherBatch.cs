using System.Buffers.Binary;
using System.Security.Cryptography;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>Vouchers of one kind that were issued together (批次).</summary>
/// <param name="Number">Counts the park's batches from 1; people name a voucher by it and its serial.</param>
/// <param name="Vouchers">How many.</param>
/// <param name="Uses">How often each may be used.</param>
/// <param name="Code">The one code that was chosen by hand; null where codes were drawn.</param>
/// <param name="Seed">Protected; the codes follow from it. Empty where the code was chosen.</param>
/// <param name="Issuer">The department that gives them out (发放人).</param>
/// <param name="Receiver">Who gets them (领券人).</param>
/// <param name="Target">For whom they are meant (赠予对象).</param>
/// <param name="ApprovedBy">The second person; null = whoever issued them did so alone.</param>
internal sealed record VoucherBatch(Guid Id, int Park, int Number, Guid Kind, int Vouchers, int Uses, string? Code, byte[] Seed, DateOnly From, DateOnly To, string Issuer, string Receiver, string Target, string Note,
    long IssuedAt, Guid IssuedBy, Guid? ApprovedBy, bool Voided, int Edit)
{
    public static readonly RowTable<Guid, VoucherBatch> Table = new("voucher_batch",
        "id, park, number, kind, vouchers, uses, code, seed, from_day, to_day, issuer, receiver, target, note, issued_at, issued_by, approved_by, voided, edit",
        r => new(r.Id(0), r.Int(1), r.Int(2), r.Id(3), r.Int(4), r.Int(5), r.TextOrNull(6), r.Bytes(7), BusinessDay.FromNumber(r.Int(8)), BusinessDay.FromNumber(r.Int(9)), r.Text(10), r.Text(11), r.Text(12), r.Text(13),
            r.Long(14), r.Id(15), r.IdOrNull(16), r.Bool(17), r.Int(18)),
        b => [b.Id, b.Park, b.Number, b.Kind, b.Vouchers, b.Uses, b.Code, b.Seed, BusinessDay.Number(b.From), BusinessDay.Number(b.To), b.Issuer, b.Receiver, b.Target, b.Note,
            b.IssuedAt, b.IssuedBy, b.ApprovedBy, b.Voided, b.Edit], b => b.Id, settled: true);

    private const string SeedPurpose = "voucher.seed";

    /// <summary>A protected seed for codes that nobody guesses.</summary>
    public static byte[] NewSeed(PersonalText personal) => personal.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), SeedPurpose);

    /// <summary>The codes of its vouchers in the order of their serials.</summary>
    public string[] Codes(PersonalText personal)
    {
        if (Code is not null) return [Code];
        var seed = Convert.FromBase64String(personal.Reveal(Seed, SeedPurpose));
        var serial = new byte[4];
        return [.. Enumerable.Range(1, Vouchers).Select(n =>
        {
            BinaryPrimitives.WriteInt32BigEndian(serial, n);
            return TicketCode.From(HMACSHA256.HashData(seed, serial).AsSpan(0, TicketCode.Bytes)).Short;
        })];
    }

    /// <summary>How people name one of its vouchers: the chosen code, or batch and serial.</summary>
    public string NumberOf(int serial) => Code ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number}-{serial:D4}");

    /// <summary>When and how often one of its vouchers is good.</summary>
    public VoucherStanding Standing(bool isVoided) => new(From, To, Uses, Voided || isVoided);

    /// <summary>Reads a batch of the park; null when it has none with this id.</summary>
    public static Task<VoucherBatch?> Of(Database database, int park, Guid id) => database.First(Table.Read, Table.Select + " where id = @1 and park = @2", id, park);
}

/// <summary>Vouchers were issued.</summary>
/// <param name="Ids">What stands for their codes, in the order of their serials.</param>
internal sealed record VouchersIssued(VoucherBatch Batch, Guid[] Ids);

/// <summary>A batch of vouchers was changed: its days, for whom, or whether it is void. The body holds all of it.</summary>
internal sealed record VoucherBatchSaved(VoucherBatch Batch, string Reason = "");

/// <summary>Some vouchers of a batch were voided.</summary>
internal sealed record VouchersVoided(Guid BatchId, Guid[] Ids, string Reason);

/// <summary>The codes of a batch were shown to be printed.</summary>
internal sealed record VouchersPrinted(Guid BatchId, int Vouchers);
