using System.Text.Json;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Tickets;

/// <summary>A ticket: whom it lets in, where, when, and how many of its people are in already.</summary>
/// <param name="Code">That of its first paper.</param>
/// <param name="ExternalCode">外部票: the code that its issuer gave it; null for our own.</param>
/// <param name="Exchanges">换票: how often its paper was exchanged.</param>
internal sealed record TicketRow(string ShortCode, Guid Id, int Park, byte[] Code, Guid OrderId, int Line, Guid Type, int TypeNumber, string TypeName,
    string TypeNameEn, string VisitorType, string Proof, string Attention, int People, int Used, TicketState State, int VisitDay, string FromTime,
    string ToTime, string Sites, long? UsedAt, string? UsedGate, string? UsedGateEn, AdmissionTerms? Terms = null, TicketUses? Uses = null, string? Slot = null, string? ExternalCode = null, int Exchanges = 0)
{
    public static readonly RowTable<string, TicketRow> Table = new("ticket",
        "short_code, id, park, code, order_id, line, type, type_number, type_name, type_name_en, visitor_type, proof, attention, people, used, state, "
        + "visit_day, from_time, to_time, sites, used_at, used_gate, used_gate_en, terms, uses, slot, external_code, exchanges",
        r => new TicketRow(r.Text(0), r.Id(1), r.Int(2), r.Bytes(3), r.Id(4), r.Int(5), r.Id(6), r.Int(7), r.Text(8), r.Text(9), r.Text(10), r.Text(11),
            r.Text(12), r.Int(13), r.Int(14), Enum.Parse<TicketState>(r.Text(15)), r.Int(16), r.Text(17), r.Text(18), r.Text(19), r.LongOrNull(20), r.TextOrNull(21), r.TextOrNull(22),
            Read<AdmissionTerms>(r, 23), Read<TicketUses>(r, 24), r.TextOrNull(25), r.TextOrNull(26), r.Int(27)),
        t => [t.ShortCode, t.Id, t.Park, t.Code, t.OrderId, t.Line, t.Type, t.TypeNumber, t.TypeName, t.TypeNameEn, t.VisitorType, t.Proof, t.Attention,
            t.People, t.Used, t.State.ToString(), t.VisitDay, t.FromTime, t.ToTime, t.Sites, t.UsedAt, t.UsedGate, t.UsedGateEn, Text(t.Terms), Text(t.Uses), (object?)t.Slot, (object?)t.ExternalCode, t.Exchanges], t => t.ShortCode);

    public Guid[] SiteIds() => [.. Sites.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    /// <summary>The gate of the last entry by the name it had then.</summary>
    public string? UsedGateIn(bool english) => english && UsedGateEn is { Length: > 0 } name ? name : UsedGate;

    /// <summary>A slot as it is stored: its beginning and end. When the gate admits in it are the ticket's hours.</summary>
    public static string? SlotText(TimeSlot? slot) => slot is null ? null : $"{slot.At:HH:mm}-{slot.Until:HH:mm}";

    public TimeSlot? SlotIn() => Slot is null ? null : new(TimeOnly.Parse(Slot[..5]), TimeOnly.Parse(Slot[6..]), TimeOnly.Parse(FromTime), TimeOnly.Parse(ToTime));

    /// <summary>The code of the paper that counts now.</summary>
    public TicketCode CodeNow() => TicketCode.From(Code).OnPaper(Exchanges);

    public bool AdmitsAt(Guid site) => Sites.Contains(site.ToString("N"), StringComparison.Ordinal);

    /// <summary>Terms and uses as they are stored.</summary>
    public static string? Text<T>(T? part) where T : class => part is null ? null : JsonSerializer.Serialize(part, Json.Options);

    private static T? Read<T>(Row row, int column) where T : class => row.TextOrNull(column) is { } text ? JsonSerializer.Deserialize<T>(text, Json.Options) : null;

    public static string SitesText(IEnumerable<Guid> sites) => string.Join(' ', sites.Select(s => s.ToString("N")));
}
