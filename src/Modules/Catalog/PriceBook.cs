using System.Collections.Frozen;
using System.Text.Json;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog;

/// <summary>What is offered, on which day, for how much, and how many places there are (价目簿).</summary>
public sealed class PriceBook
{
    private readonly Database _database;
    private readonly ParkDirectory _parks;
    private readonly ParkTimes _times;
    private readonly TimeProvider _clock;
    private long _upTo = -1;
    private volatile FrozenDictionary<int, FrozenDictionary<Guid, TicketTypeTerms>> _types = FrozenDictionary<int, FrozenDictionary<Guid, TicketTypeTerms>>.Empty;

    internal PriceBook(Database database, ParkDirectory parks, ParkTimes times, TimeProvider clock) =>
        (_database, _parks, _times, _clock) = (database, parks, times, clock);

    /// <summary>All ticket types of a park by id, active and inactive, as after the last commit.</summary>
    public IReadOnlyDictionary<Guid, TicketTypeTerms> Types(int park) =>
        _types.TryGetValue(park, out var types) ? types : FrozenDictionary<Guid, TicketTypeTerms>.Empty;

    /// <summary>Names the rows that <see cref="Find"/> reads.</summary>
    public void Touch(Touch touch, Guid type, DateOnly day)
    {
        touch.Row(CatalogTables.Types, type);
        touch.Row(CatalogTables.Days, NamedDayRow.IdOf(type, day));
    }

    /// <summary>The offer of a named type on a named day; null when the type is unknown, inactive or another park's.</summary>
    public Offer? Find(WriteGroup group, int park, Guid type, DateOnly day) =>
        group.Find(CatalogTables.Types, type) is { Active: true } terms && terms.Park == park
            ? OfferOf(terms, day, group.Find(CatalogTables.Days, NamedDayRow.IdOf(type, day))?.Day)
            : null;

    /// <summary>The terms of a type on a day whether it is still offered or not, for giving places back. The rows must be named by <see cref="Touch"/>.</summary>
    public Offer? Terms(WriteGroup group, Guid type, DateOnly day) =>
        group.Find(CatalogTables.Types, type) is { } terms ? OfferOf(terms, day, group.Find(CatalogTables.Days, NamedDayRow.IdOf(type, day))?.Day) : null;

    /// <summary>The account of people who have a place of an offer; of an unpaid order's they are coming to it. Its upper bound is the quota.</summary>
    public static Account Places(int park, Offer offer) => Places(park, offer.Type.Id, offer.Day, offer.Quota);

    /// <summary>The lane of those who want places of this type on this day: their account is the row that most of them share.</summary>
    public static int RouteTo(Guid type, DateOnly day) => HashCode.Combine(type, day);

    /// <summary>The account that places come from and go back to.</summary>
    public static Account Unsold(int park, Guid type) => Account.Of(park, $"unsold/{type:N}", Unit.Piece);

    /// <summary>Names both accounts of a type's places on a day, whatever the quota is.</summary>
    public void TouchPlaces(Touch touch, int park, Guid type, DateOnly day)
    {
        touch.Account(Places(park, type, day, null));
        touch.Account(Unsold(park, type));
    }

    /// <summary>The price sheet of a day: the active types in the order of the counter.</summary>
    public async Task<PriceSheet> Sheet(int park, DateOnly day)
    {
        var named = await NamedDays(park, day);
        var offers = Types(park).Values.Where(t => t.Active).OrderBy(t => t.KeySlot ?? int.MaxValue).ThenBy(t => t.Number)
            .Select(t => OfferOf(t, day, named.GetValueOrDefault(t.Id))).ToArray();
        var taken = await Balances.ReadTaken(_database, [.. offers.Where(o => o.Quota is not null).Select(o => Places(park, o))]);
        SheetType[] rows = [.. offers.Select(o => RowOf(o, o.Quota is { } quota ? Math.Max(0, quota - taken.GetValueOrDefault(Places(park, o).Code)) : null))];
        var onSale = day >= _times.DayAt(park, _clock.GetUtcNow()) && await _parks.ReadDay(park, day) == DayState.Open;
        return new(PriceSheet.VersionOf(day, rows), day, ChineseHolidays.KindOf(day), ChineseHolidays.NameOf(day), onSale, rows);
    }

    internal static Account Places(int park, Guid type, DateOnly day, int? quota) =>
        Account.Of(park, $"places/{type:N}/{day:yyyyMMdd}", Unit.Piece, min: 0, max: quota);

    internal static Offer OfferOf(TicketTypeTerms type, DateOnly day, NamedDay? named) => new(type, day,
        DayPrice.Of(new Tariff(type.WeekdayFen, type.HolidayFen), ChineseHolidays.KindOf(day), named?.PriceFen),
        named is { Unlimited: true } ? null : named?.Quota ?? type.DailyQuota);

    internal async Task Load() => _types = (await _database.Query(CatalogTables.Types.Read, CatalogTables.Types.Select))
        .GroupBy(t => t.Park).ToFrozenDictionary(g => g.Key, g => g.ToFrozenDictionary(t => t.Id));

    /// <summary>Follows the log. Called by one thread, after each commit and before its answers leave.</summary>
    internal void Follow(IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Kind != nameof(TicketTypeSaved) || record.Turn <= _upTo) continue;
            var type = JsonSerializer.Deserialize<TicketTypeSaved>(record.Body, Json.Options)!.Type;
            var ofPark = Types(type.Park).Values.Where(t => t.Id != type.Id).Append(type).ToFrozenDictionary(t => t.Id);
            _types = _types.Where(p => p.Key != type.Park).Append(new(type.Park, ofPark)).ToFrozenDictionary();
        }
    }

    /// <summary>What another program changed is read anew: types are changed by requests that run alone, so all before the last of them is there.</summary>
    internal async Task FollowOthers(IReadOnlyList<LogRecord> records)
    {
        if (!records.Any(r => r.Kind == nameof(TicketTypeSaved))) return;
        _upTo = Math.Max(_upTo, records[^1].Turn);
        await Load();
    }

    private async Task<Dictionary<Guid, NamedDay>> NamedDays(int park, DateOnly day) =>
        (await _database.Query(CatalogTables.Days.Read, CatalogTables.Days.Select + " where park = @1 and day = @2", park, Rules.Values.BusinessDay.Number(day)))
        .ToDictionary(r => r.Day.TypeId, r => r.Day);

    private static SheetType RowOf(Offer offer, long? left)
    {
        var t = offer.Type;
        return new(t.Id, t.Code, t.Name, t.NameEn, t.Tab, t.VisitorType, t.KeySlot, t.Proof, t.HeightLimitCm, t.MinPeople, t.MaxPeople,
            t.FromTime, t.ToTime, t.Attention, offer.UnitFen, left);
    }
}
