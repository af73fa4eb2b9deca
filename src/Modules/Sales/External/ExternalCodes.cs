using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Rules.Admission;

namespace Shanmen.Modules.Sales.External;

/// <summary>A code of a list, and what became of it.</summary>
/// <param name="Used">People of whom each entered at least once.</param>
/// <param name="UsedAt">The last entry; null where nobody entered.</param>
/// <param name="GateName">The gate of it.</param>
public sealed record ExternalTicket(string Code, int People, int Used, TicketState State, DateTimeOffset? UsedAt, string GateName);

/// <summary>Finds the codes of a list of foreign codes (外部票).</summary>
public sealed class ExternalCodes(Database database)
{
    /// <summary>The list's name; null where the park has no such list.</summary>
    public async Task<string?> NameOf(int park, Guid list) => (await ExternalList.Of(database, park, list))?.Name;

    /// <param name="state">Only these; null = all. Used are those by which somebody entered.</param>
    public Task<List<ExternalTicket>> Read(int park, Guid list, ExternalState? state, bool english, int limit, long offset) => database.Query(
        r => TicketOf(r, english), $"{Select} {OfList} and {Where(state)} order by {Order(state)} limit {limit} offset {offset}", park, ExternalList.OrderOf(list));

    public async Task<long> Count(int park, Guid list, ExternalState? state) =>
        (await database.Query(r => r.Long(0), $"select count(*) from ticket {OfList} and {Where(state)}", park, ExternalList.OrderOf(list))).Single();

    /// <summary>People on the codes by which somebody entered, and how many of them did.</summary>
    public async Task<(long People, long Used)> Totals(int park, Guid list) => (await database.Query(r => (Convert.ToInt64(r.Any(0)), Convert.ToInt64(r.Any(1))),
        $"select coalesce(sum(people), 0), coalesce(sum(used), 0) from ticket {OfList} and used > 0", park, ExternalList.OrderOf(list))).Single();

    /// <summary>One code of the list; null where it has no such code.</summary>
    /// <param name="shortCode">The code of ours that it stands for.</param>
    public Task<ExternalTicket?> Find(int park, Guid list, string shortCode, bool english) =>
        database.First(r => TicketOf(r, english), $"{Select} where short_code = @1 and park = @2 and order_id = @3", shortCode, park, ExternalList.OrderOf(list));

    private const string OfList = "where park = @1 and order_id = @2 and external_code is not null";
    private const string Select = "select external_code, people, used, state, used_at, used_gate, used_gate_en from ticket";

    private static ExternalTicket TicketOf(Row r, bool english) => new(r.Text(0), r.Int(1), r.Int(2), Enum.Parse<TicketState>(r.Text(3)), r.LongOrNull(4) is { } at ? Moments.From(at) : null,
        (english && r.TextOrNull(6) is { Length: > 0 } name ? name : r.TextOrNull(5)) ?? "");

    private static string Where(ExternalState? state) => state switch
    {
        ExternalState.Used => "used > 0",
        ExternalState.Unused => "used = 0 and state = 'Valid'",
        ExternalState.Withdrawn => "state = 'Voided'",
        _ => "1 = 1",
    };

    private static string Order(ExternalState? state) => state == ExternalState.Used ? "used_at desc, external_code" : "external_code";
}

/// <summary>What became of a foreign code.</summary>
public enum ExternalState
{
    /// <summary>Nobody entered by it yet.</summary>
    Unused,

    /// <summary>Somebody entered by it.</summary>
    Used,

    /// <summary>It is good no more.</summary>
    Withdrawn,
}
