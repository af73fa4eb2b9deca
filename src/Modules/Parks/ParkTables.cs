using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

internal sealed record ParkRow(long Id, ParkTerms Terms);
internal sealed record SiteRow(int Park, SiteTerms Site);
internal sealed record GateRow(int Park, GateTerms Gate);
internal sealed record LaneRow(int Park, LaneTerms Lane);
internal sealed record WindowRow(int Park, WindowTerms Window);

/// <summary>How the park's tables are read and written.</summary>
internal static class ParkTables
{
    public static readonly RowTable<long, ParkRow> Parks = new("park",
        "id, name, name_en, time_zone, cut_off_hour, opens_at, closes_at, capacity, notice",
        r => new(r.Long(0), new(r.Text(1), r.Text(2), r.Text(3), r.Int(4), Hour(r, 5), Hour(r, 6), r.Int(7), r.Text(8))),
        p => [p.Id, p.Terms.Name, p.Terms.NameEn, p.Terms.TimeZone, p.Terms.CutOffHour, Text(p.Terms.OpensAt), Text(p.Terms.ClosesAt), p.Terms.Capacity, p.Terms.Notice]);

    public static readonly RowTable<Guid, SiteRow> Sites = new("site", "id, park, name, name_en, capacity, active, counts_inside",
        r => new(r.Int(1), new(r.Id(0), r.Text(2), r.Text(3), r.Int(4), r.Bool(5), r.Bool(6))),
        s => [s.Site.Id, s.Park, s.Site.Name, s.Site.NameEn, s.Site.Capacity, s.Site.Active, s.Site.CountsInside]);

    public static readonly RowTable<Guid, GateRow> Gates = new("gate", "id, park, site, name, name_en, active",
        r => new(r.Int(1), new(r.Id(0), r.Id(2), r.Text(3), r.Text(4), r.Bool(5))),
        g => [g.Gate.Id, g.Park, g.Gate.SiteId, g.Gate.Name, g.Gate.NameEn, g.Gate.Active]);

    public static readonly RowTable<Guid, LaneRow> Lanes = new("lane", "id, park, gate, number, name, direction, active, name_en",
        r => new(r.Int(1), new(r.Id(0), r.Id(2), r.Int(3), r.Text(4), Enum.Parse<LaneDirection>(r.Text(5)), r.Bool(6), r.Text(7))),
        l => [l.Lane.Id, l.Park, l.Lane.GateId, l.Lane.Number, l.Lane.Name, l.Lane.Direction.ToString(), l.Lane.Active, l.Lane.NameEn]);

    public static readonly RowTable<Guid, WindowRow> Windows = new("sales_window",
        "id, park, site, number, name, f3_action, printer_kind, auto_print, active, name_en",
        r => new(r.Int(1), new(r.Id(0), r.Id(2), r.Int(3), r.Text(4), F3Of(r.Text(5)), Enum.Parse<PrinterKind>(r.Text(6)), r.Bool(7), r.Bool(8), r.Text(9))),
        w => [w.Window.Id, w.Park, w.Window.SiteId, w.Window.Number, w.Window.Name, w.Window.F3Action.ToString(), w.Window.PrinterKind.ToString(), w.Window.AutoPrint, w.Window.Active,
            w.Window.NameEn]);

    // A window could once be told to open a gate; no device ever did, so what is stored of it does nothing.
    private static F3Action F3Of(string stored) => Enum.TryParse<F3Action>(stored, out var action) ? action : F3Action.None;

    private static TimeOnly Hour(Row row, int column) => TimeOnly.ParseExact(row.Text(column), "HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    private static string Text(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
