using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Parks;

/// <summary>The state of a business day (营业日). Only an open day sells and admits.</summary>
public enum DayState { Open, Closing, Closed }

/// <summary>A business day that was closed or is being closed; a day without a row is open.</summary>
public sealed record DayRow(DateOnly Day, DayState State, DateTimeOffset? ClosedAt, Guid? ClosedBy);

internal sealed record BusinessDayRow(int Park, DayRow Day)
{
    public static string IdOf(int park, DateOnly day) => $"{park}/{BusinessDay.Number(day)}";

    public static readonly RowTable<string, BusinessDayRow> Table = new("business_day", "id, park, day, state, closed_at, closed_by",
        r => new(r.Int(1), new(BusinessDay.FromNumber(r.Int(2)), Enum.Parse<DayState>(r.Text(3)), r.LongOrNull(4) is { } at ? Moments.From(at) : null, r.IdOrNull(5))),
        d => [IdOf(d.Park, d.Day.Day), d.Park, BusinessDay.Number(d.Day.Day), d.Day.State.ToString(), d.Day.ClosedAt?.Micros(), d.Day.ClosedBy], settled: true);
}
