using System.Text.Json;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement;

/// <summary>The desk that counts the money (结算处): the books of a day and its closing sheet.</summary>
public sealed class ClearingHouse
{
    private readonly Database _database;
    private readonly ParkDirectory _parks;
    private readonly PersonalText _personal;
    private readonly Texts _texts;

    internal ClearingHouse(Database database, ParkDirectory parks, PersonalText personal, Texts texts) =>
        (_database, _parks, _personal, _texts) = (database, parks, personal, texts);

    /// <summary>The closing sheet of a day, or null while it is not closed.</summary>
    public async Task<ClosingSheet?> Sheet(int park, DateOnly day, bool english) =>
        await _database.First(SheetRow.Table.Read, SheetRow.Table.Select + " where id = @1", SheetRow.IdOf(park, day)) is { Sheet.Length: > 0 } row
            ? StoredSheet.Parse(row.Sheet).Show(row.Root, row.Seal, _texts, english).Named(_parks, _personal)
            : null;

    /// <summary>Days on which anything happened, newest first, at most 400: each is one step down the index of the log.</summary>
    internal async Task<List<DateOnly>> DaysWithFacts(int park)
    {
        var days = new List<DateOnly>();
        await using var store = await _database.OpenSnapshot();
        for (long before = int.MaxValue; days.Count < 400; )
        {
            before = await store.Number("select max(day) from log where park = @1 and day < @2", park, before);
            if (before == 0) break;
            days.Add(BusinessDay.FromNumber((int)before));
        }
        return days;
    }

    /// <summary>What ledger and facts say of a day, at one moment.</summary>
    internal async Task<DayBooks> Books(int park, DateOnly day)
    {
        var number = BusinessDay.Number(day);
        await using var store = await _database.OpenSnapshot();
        var heads = await LaneHead.AllOf(store);
        var (overShort, admitted, exited) = (0L, 0L, 0L);
        // Accounts that must be on the sheet even when nothing has moved on them.
        var accounts = new Dictionary<string, long> { [$"card/{number}"] = 0, [$"clearing/{number}"] = 0, [$"overshort/{number}"] = 0 };
        await foreach (var (kind, body) in store.Stream(r => (r.Text(0), r.Text(1)),
            "select kind, body from log where park = @1 and day = @2 and kind in (@3, @4, @5, @6)",
            park, number, nameof(ShiftOpened), nameof(ShiftClosed), nameof(TicketAdmitted), nameof(VisitorsLeft)))
        {
            switch (kind)
            {
                case nameof(ShiftOpened): accounts[$"drawer/{Body<ShiftOpened>(body).ShiftId:N}"] = 0; break;
                case nameof(ShiftClosed): overShort += Body<ShiftClosed>(body).OverShortFen; break;
                case nameof(TicketAdmitted): admitted += Body<TicketAdmitted>(body).People; break;
                case nameof(VisitorsLeft): exited += Body<VisitorsLeft>(body).People; break;
            }
        }
        foreach (var code in accounts.Keys.ToArray())
            foreach (var stripe in DayBooks.AccountOf(park, code).Stripes())
                accounts[code] += await store.Number("select balance from account where id = @1", stripe.Id);
        foreach (var prefix in DayBooks.ByType.Select(kind => $"{park}/{kind}/{number}/"))
            foreach (var (code, balance) in await store.Query(r => (r.Text(0), r.Long(1)), "select code, balance from account where park = @1 and code >= @2 and code < @3",
                park, prefix, prefix[..^1] + '0')) // '0' follows '/'.
                accounts[Within(park, Account.CodeOf(code))] = accounts.GetValueOrDefault(Within(park, Account.CodeOf(code))) + balance;
        return new DayBooks(accounts, overShort, admitted, exited, heads);
    }

    internal static string Within(int park, string fullCode) => fullCode[(park.ToString(System.Globalization.CultureInfo.InvariantCulture).Length + 1)..];
    private static T Body<T>(string body) => JsonSerializer.Deserialize<T>(body, Json.Options)!;
}
