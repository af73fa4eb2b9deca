using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>Who is named on a ticket (游客登记). Protected, with a keyed hash for look-up; empty once the order was given up.</summary>
/// <param name="Place">Their place among the visitors of the line, from 0.</param>
/// <param name="Ticket">Null while the order is unpaid.</param>
/// <param name="SoldDay">The business day on which the order was placed.</param>
/// <param name="Proofs">The documents that the clerk has seen, with commas.</param>
internal sealed record VisitorRow(Guid Id, int Park, Guid Order, int Line, int Place, Guid? Ticket, Guid Type, int VisitDay, int SoldDay, byte[] Name, byte[] IdNumber, byte[] IdHash,
    int? HeightCm, string Proofs)
{
    private const int OnStack = 512;

    public static readonly RowTable<Guid, VisitorRow> Table = new("visitor",
        "id, park, order_id, line, place, ticket, type, visit_day, sold_day, name, id_number, id_hash, height_cm, proofs",
        r => new VisitorRow(r.Id(0), r.Int(1), r.Id(2), r.Int(3), r.Int(4), r.IdOrNull(5), r.Id(6), r.Int(7), r.Int(8), r.Bytes(9), r.Bytes(10), r.Bytes(11), r.IntOrNull(12), r.Text(13)),
        v => [v.Id, v.Park, v.Order, v.Line, v.Place, v.Ticket, v.Type, v.VisitDay, v.SoldDay, v.Name, v.IdNumber, v.IdHash, v.HeightCm, v.Proofs], v => v.Id);

    /// <summary>The columns that a fact holds a digest of only, because what stands in them is personal.</summary>
    public const int FirstSealed = 9, Columns = 14;

    public static Guid IdOf(Guid order, int line, int place) => HoldRow.IdOf(order, new Guid(line, (short)place, 0, new byte[8]));

    /// <summary>Whether what they bought counts for a number.</summary>
    public bool HasNumber() => IdHash.Length > 0;

    /// <summary>The order was given up: nothing of the person is kept.</summary>
    public VisitorRow Forgotten() => this with { Name = [], IdNumber = [], IdHash = [], HeightCm = null, Proofs = "" };

    /// <summary>What the fact keeps of the columns that are personal. Names and numbers are protected under bytes drawn at random, so nothing can be guessed from it.</summary>
    public byte[] Digest()
    {
        var row = new CanonicalRow(stackalloc byte[OnStack]);
        foreach (var value in Table.Values(this)[FirstSealed..]) row.Add(value);
        return RowReplay<Guid, VisitorRow>.DigestOf("visitor", row.Written, []);
    }
}

/// <summary>What one identity number has bought of one type, those that went back not counted (限购累计).</summary>
internal sealed record BoughtRow(Guid Id, int Park, Guid Type, byte[] IdHash, BoughtCell[] Cells)
{
    public static readonly RowTable<Guid, BoughtRow> Table = new("bought", "id, park, type, id_hash, cells",
        r => new BoughtRow(r.Id(0), r.Int(1), r.Id(2), r.Bytes(3), JsonSerializer.Deserialize<BoughtCell[]>(r.Text(4), Json.Options)!),
        b => [b.Id, b.Park, b.Type, b.IdHash, JsonSerializer.Serialize(b.Cells, Json.Options)], b => b.Id);

    public static Guid IdOf(Guid type, byte[] hash) => HoldRow.IdOf(type, new Guid(hash, bigEndian: true));

    public BoughtCount Count() => new(Cells);
}
