using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>Creates or changes one row of the park's plan: site, gate, lane or window. The office and the demo park both save through it.</summary>
internal sealed record SavePlace<TRow>(RowTable<Guid, TRow> Table, Func<TRow, int> ParkOf, TRow Row, object Fact, object Answer) : IWrite where TRow : class
{
    private Guid Id => Table.KeyOf(Row);

    public void Touch(Touch touch) => touch.Row(Table, Id);

    public Outcome Decide(WriteGroup group)
    {
        // Ids are made by clients: one that belongs to another park must not be told apart from an unknown one.
        if (group.Find(Table, Id) is { } before && ParkOf(before) != ParkOf(Row)) return Problems.NotFound;
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
    public static IWrite Of(int park, LaneTerms lane, bool hasDeviceKey) =>
        new SavePlace<LaneRow>(ParkTables.Lanes, r => r.Park, new(park, lane), new LaneSaved(lane), LaneAnswer.Of(lane, hasDeviceKey));
    public static IWrite Of(int park, WindowTerms window) =>
        new SavePlace<WindowRow>(ParkTables.Windows, r => r.Park, new(park, window), new WindowSaved(window), WindowAnswer.Of(window));

    /// <summary>Whether one row more would make the list too long.</summary>
    public static bool IsFull<T>(this IReadOnlyDictionary<Guid, T> rows, Guid id) => rows.Count >= RowsMax && !rows.ContainsKey(id);
}
