using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement;

/// <summary>
/// A day's closing sheet, or, while the sheet is empty, the attempt that is closing the day: then <see cref="LaneHeads"/>
/// holds the attempt's id, and root and seal are empty.
/// </summary>
internal sealed record SheetRow(int Park, DateOnly Day, string Sheet, string LaneHeads, byte[] Root, byte[] Seal)
{
    public static string IdOf(int park, DateOnly day) => $"{park}/{BusinessDay.Number(day)}";
    public static SheetRow Attempted(int park, DateOnly day, Guid attempt) => new(park, day, "", attempt.ToString(), [], []);
    public bool IsAttempt(Guid attempt) => Sheet.Length == 0 && LaneHeads == attempt.ToString();

    public static readonly RowTable<string, SheetRow> Table = new("closing_sheet", "id, park, day, sheet, lane_heads, root, seal",
        r => new SheetRow(r.Int(1), BusinessDay.FromNumber(r.Int(2)), r.Text(3), r.Text(4), r.Bytes(5), r.Bytes(6)),
        s => [IdOf(s.Park, s.Day), s.Park, BusinessDay.Number(s.Day), s.Sheet, s.LaneHeads, s.Root, s.Seal]);
}
