using System.Text.Json;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.DayReturns;

/// <summary>How far the return of a whole day is.</summary>
internal enum DayReturnState { Running, Stopped, Ended }

/// <summary>An order that could not go back with its day.</summary>
/// <param name="Reason">The key of the sentence that says why.</param>
internal sealed record DayReturnSkip(Guid OrderId, long Number, string Reason);

/// <summary>整日退票: tickets of a whole day that go back in one piece of work. It counts what its orders did, in the same transaction as each of them.</summary>
/// <param name="Types">Of these ticket types only; null = of all.</param>
/// <param name="Fen">What its tickets bring back.</param>
internal sealed record DayReturnRow(Guid Id, int Park, DateOnly VisitDay, Guid[]? Types, string Reason, string ReasonName, int BackRate, string Remark, Guid StartedBy, Guid ApprovedBy, long At, DayReturnState State,
    int Orders, int Tickets, int People, long Fen, DayReturnSkip[] Skips, long? EndedAt)
{
    /// <summary>Orders that are named to people, at most: with more of them something else is wrong, and the work stops.</summary>
    public const int SkipsMax = 1000;

    public static readonly RowTable<Guid, DayReturnRow> Table = new("day_return",
        "id, park, visit_day, types, reason, reason_name, back_rate, remark, started_by, approved_by, at, state, orders, tickets, people, fen, skips, ended_at",
        r => new(r.Id(0), r.Int(1), BusinessDay.FromNumber(r.Int(2)), r.TextOrNull(3) is { } types ? JsonSerializer.Deserialize<Guid[]>(types, Json.Options) : null, r.Text(4), r.Text(5), r.Int(6), r.Text(7), r.Id(8), r.Id(9), r.Long(10),
            Enum.Parse<DayReturnState>(r.Text(11)), r.Int(12), r.Int(13), r.Int(14), r.Long(15), JsonSerializer.Deserialize<DayReturnSkip[]>(r.Text(16), Json.Options)!, r.LongOrNull(17)),
        d => [d.Id, d.Park, BusinessDay.Number(d.VisitDay), d.Types is null ? null : JsonSerializer.Serialize(d.Types, Json.Options), d.Reason, d.ReasonName, d.BackRate, d.Remark, d.StartedBy, d.ApprovedBy, d.At,
            d.State.ToString(), d.Orders, d.Tickets, d.People, d.Fen, JsonSerializer.Serialize(d.Skips, Json.Options), d.EndedAt], d => d.Id);

    public static DayReturnRow Of(DayReturnBegun b, int park, long at) =>
        new(b.Id, park, b.VisitDay, b.Types, b.Reason, b.ReasonName, b.BackRate, b.Remark, b.StartedBy, b.ApprovedBy, at, DayReturnState.Running, 0, 0, 0, 0, [], null);

    public DayReturnRow Took(DayReturnTook took) => this with { Orders = Orders + 1, Tickets = Tickets + took.Tickets, People = People + took.People, Fen = Fen + took.Fen };

    public DayReturnRow Skipped(DayReturnSkipped skipped) => this with
    {
        Skips = [.. Skips, new(skipped.OrderId, skipped.Number, skipped.Reason)], State = Skips.Length + 1 < SkipsMax ? State : DayReturnState.Stopped,
    };

    public static Task<DayReturnRow?> Find(Database database, int park, Guid id) => database.First(Table.Read, Table.Select + " where id = @1 and park = @2", id, park);
}

/// <summary>Tickets of a day that could go back now: those on which nobody went in.</summary>
/// <param name="Used">Tickets of the day on which somebody did; they stay.</param>
/// <param name="PriceFen">What those cost that could go back: more does not come back.</param>
internal sealed record DayReturnScope(int Orders, int Tickets, int People, long PriceFen, int Used)
{
    private const string Going = "t.state = 'Valid' and t.used = 0";

    public static async Task<DayReturnScope> Of(Database database, int park, DateOnly day, Guid[]? types)
    {
        await using var store = await database.OpenSnapshot();
        var (where, values) = Where(park, day, types);
        var going = (await store.Query(r => (r.Long(0), r.Long(1), r.Long(2), r.Long(3)),
            $"select count(distinct t.order_id), count(*), cast(coalesce(sum(t.people), 0) as bigint), cast(coalesce(sum(s.price_fen), 0) as bigint) from ticket t join sold_ticket s on s.id = t.id where {where} and {Going}", values)).Single();
        var used = await store.Number($"select count(*) from ticket t join sold_ticket s on s.id = t.id where {where} and t.used > 0", values);
        return new((int)going.Item1, (int)going.Item2, (int)going.Item3, going.Item4, (int)used);
    }

    /// <summary>The orders that have any. One look over all tickets: a day goes back seldom, and an index would be paid for by every sale. What others sold is not ours to return.</summary>
    public static Task<List<Guid>> OrdersOf(Database database, int park, DateOnly day, Guid[]? types)
    {
        var (where, values) = Where(park, day, types);
        return database.Query(r => r.Id(0), $"select distinct t.order_id from ticket t join sold_ticket s on s.id = t.id where {where} and {Going}", values);
    }

    private static (string Where, object?[] Values) Where(int park, DateOnly day, Guid[]? types) =>
        ("t.park = @1 and t.visit_day = @2" + (types is null ? "" : $" and t.type in ({string.Join(", ", types.Select((_, n) => $"@{n + 3}"))})"),
            [park, BusinessDay.Number(day), .. (types ?? []).Select(t => (object?)t)]);
}
