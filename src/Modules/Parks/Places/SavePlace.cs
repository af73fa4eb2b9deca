using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>Creates or changes one row of the park's plan: site, gate, lane or window. The office and the demo park both save through it.</summary>
/// <param name="Number">The number that the row shall have, where only one may have it.</param>
internal sealed record SavePlace<TRow>(RowTable<Guid, TRow> Table, Func<TRow, int> ParkOf, TRow Row, object Fact, object Answer, TakenNumber<TRow>? Number = null, int Shown = 0)
    : IWrite where TRow : class
{
    private Guid Id => Table.KeyOf(Row);

    public void Touch(Touch touch)
    {
        touch.Row(Table, Id);
        Number?.Touch(touch);
    }

    public Outcome Decide(WriteGroup group)
    {
        // Ids are made by clients: one that belongs to another park must not be told apart from an unknown one.
        if (group.Find(Table, Id) is { } before && ParkOf(before) != ParkOf(Row)) return Problems.NotFound;
        if (Number?.Take(group) is not null) return Outcome.Refused(ParksRefusal.NumberTaken, 409, Shown);
        group.Put(Table, Row);
        group.Record(Fact.GetType().Name, Id, Fact);
        return Outcome.Done(Answer);
    }
}

internal static class SavePlace
{
    public const int RowsMax = 500;

    public static IWrite Of(int park, SiteTerms site) =>
        new SavePlace<SiteRow>(ParkTables.Sites, r => r.Park, new(park, site), new SiteSaved(site), site);
    public static IWrite Of(int park, GateTerms gate) =>
        new SavePlace<GateRow>(ParkTables.Gates, r => r.Park, new(park, gate), new GateSaved(gate), gate);
    public static IWrite Of(int park, LaneTerms lane, bool hasDeviceKey, ParkDirectory parks) =>
        new SavePlace<LaneRow>(ParkTables.Lanes, r => r.Park, new(park, lane), new LaneSaved(lane), LaneAnswer.Of(lane, hasDeviceKey),
            new(ParkTables.Lanes, park, new(park, lane), NumberOf, () => parks.Of(park).Lanes.Values.Select(l => new LaneRow(park, l))), lane.Number);
    public static IWrite Of(int park, WindowTerms window, ParkDirectory parks) =>
        new SavePlace<WindowRow>(ParkTables.Windows, r => r.Park, new(park, window), new WindowSaved(window), WindowAnswer.Of(window),
            new(ParkTables.Windows, park, new(park, window), NumberOf, () => parks.Of(park).Windows.Values.Select(w => new WindowRow(park, w))), window.Number);

    // A disabled lane or window keeps its number on paper, but another may have it.
    private static string? NumberOf(LaneRow row) => row.Lane.Active ? $"lane/{row.Lane.GateId:N}/{row.Lane.Number}" : null;
    private static string? NumberOf(WindowRow row) => row.Window.Active ? $"window/{row.Park}/{row.Window.Number}" : null;

    /// <summary>Whether one row more would make the list too long.</summary>
    public static bool IsFull<T>(this IReadOnlyDictionary<Guid, T> rows, Guid id) => rows.Count >= RowsMax && !rows.ContainsKey(id);
}
