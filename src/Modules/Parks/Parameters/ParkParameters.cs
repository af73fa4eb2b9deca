using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Parks;

/// <summary>How a park works (参数), each within limits that break no promise. docs/operations/dictionaries.md.</summary>
/// <param name="HoldMinutes">How long an unpaid order holds its places, in minutes: 5 to 120.</param>
/// <param name="DaysAhead">How many days ahead tickets are sold: 0 to 366; 0 = for today only.</param>
/// <param name="TicketsMax">Most tickets of one order: 1 to 500.</param>
/// <param name="CountToleranceFen">Up to this difference of the counted drawer a hand-over needs no reason, in fen: 0 to 5000.</param>
/// <param name="SecondPerson">1 where a second person must approve what is sold and for how much; 0 where not.</param>
/// <param name="ReturnAloneFen">So much a clerk may refund in one shift without a supervisor, in fen: 0 to 100,000; 0 = nothing.</param>
/// <param name="RebookTimes">So often tickets may be rebooked on and on: 0 to 9; 0 = as often as their terms let them.</param>
/// <param name="VouchersAlone">So many uses of vouchers are issued at once without a second person: 0 to 10,000; 0 = none.</param>
/// <param name="ExchangeFeeFen">What new paper for a damaged or lost ticket costs (工本费), in fen: 0 to 10,000; 0 = nothing.</param>
public sealed record ParkParameters(int HoldMinutes, int DaysAhead, int TicketsMax, int CountToleranceFen,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int SecondPerson = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int ReturnAloneFen = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int RebookTimes = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int VouchersAlone = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int ExchangeFeeFen = 0)
{
    /// <summary>What holds in a park that changed nothing.</summary>
    public static ParkParameters Ordinary { get; } = new(15, 366, 500, 0);
}

/// <summary>The parameters of a park were changed; the body holds all of them, and what held before.</summary>
/// <param name="Edit">How often they were saved.</param>
public sealed record ParametersSaved(int Edit, ParkParameters Now, ParkParameters Before);

/// <summary>Between which numbers a parameter may be, and what it is where nobody said.</summary>
/// <param name="Name">As the parameters name it.</param>
public sealed record ParameterLimits(string Name, ParameterUnit Unit, int Ordinary, int Min, int Max)
{
    /// <summary>Quotas count 370 days ahead, so nothing may be sold further ahead than a year.</summary>
    private static readonly (string Name, ParameterUnit Unit, Func<ParkParameters, int> Of, int Min, int Max)[] Table =
    [
        ("holdMinutes", ParameterUnit.Minutes, p => p.HoldMinutes, 5, 120),
        ("daysAhead", ParameterUnit.Days, p => p.DaysAhead, 0, 366),
        ("ticketsMax", ParameterUnit.Tickets, p => p.TicketsMax, 1, OrderLimits.TicketsMax),
        ("countToleranceFen", ParameterUnit.Fen, p => p.CountToleranceFen, 0, 50_00),
        ("secondPerson", ParameterUnit.YesNo, p => p.SecondPerson, 0, 1),
        ("returnAloneFen", ParameterUnit.Fen, p => p.ReturnAloneFen, 0, 1_000_00),
        ("rebookTimes", ParameterUnit.Times, p => p.RebookTimes, 0, 9),
        ("vouchersAlone", ParameterUnit.Times, p => p.VouchersAlone, 0, 10_000),
        ("exchangeFeeFen", ParameterUnit.Fen, p => p.ExchangeFeeFen, 0, 100_00),
    ];

    internal static readonly ParameterLimits[] All = [.. Table.Select(p => new ParameterLimits(p.Name, p.Unit, p.Of(ParkParameters.Ordinary), p.Min, p.Max))];

    internal static void Check(Fields fields, ParkParameters values)
    {
        foreach (var p in Table) fields.Number($"values.{p.Name}", p.Of(values), p.Min, p.Max);
    }
}

/// <summary>What a parameter counts.</summary>
public enum ParameterUnit { Minutes, Days, Tickets, Fen, YesNo, Times }

internal sealed record ParameterRow(int Park, int Edit, ParkParameters Values)
{
    public static readonly RowTable<long, ParameterRow> Table = new("parameter", "park, edit, body",
        r => new(r.Int(0), r.Int(1), JsonSerializer.Deserialize<ParkParameters>(r.Text(2), Json.Options)!),
        p => [(long)p.Park, p.Edit, JsonSerializer.Serialize(p.Values, Json.Options)], settled: true);
}
