using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog;

/// <summary>What is offered, on which day, for how much, and how many places there are (价目簿).</summary>
public sealed class PriceBook
{
    private readonly Database _database;
    private readonly ParkDirectory _parks;
    private readonly QuotaBook _quotas;
    private readonly DictionaryBook _words;
    private readonly ParameterBook _parameters;
    private readonly ParkTimes _times;
    private readonly TimeProvider _clock;
    private readonly PriceVersions _versions;
    private static readonly Dictionary<Guid, Offer> NoOffers = [];
    private volatile FrozenDictionary<int, FrozenDictionary<Guid, TicketTypeTerms>> _types = FrozenDictionary<int, FrozenDictionary<Guid, TicketTypeTerms>>.Empty;

    internal PriceBook(Database database, ParkDirectory parks, QuotaBook quotas, DictionaryBook words, ParameterBook parameters, ParkTimes times, TimeProvider clock) =>
        (_database, _parks, _quotas, _words, _parameters, _times, _clock, _versions) = (database, parks, quotas, words, parameters, times, clock, new(database));

    /// <summary>All ticket types of a park by id, active and inactive, as after the last commit.</summary>
    public IReadOnlyDictionary<Guid, TicketTypeTerms> Types(int park) =>
        _types.TryGetValue(park, out var types) ? types : FrozenDictionary<Guid, TicketTypeTerms>.Empty;

    /// <summary>Names the rows that <see cref="Find"/> reads.</summary>
    public void Touch(Touch touch, Guid type, DateOnly day)
    {
        touch.Row(CatalogTables.Types, type);
        touch.Row(CatalogTables.Days, NamedDayRow.IdOf(type, day));
    }

    /// <summary>Names the row that <see cref="Price(WriteGroup, int, IReadOnlyDictionary{Guid, Offer}, PriceAsked)"/> reads besides those of the offers.</summary>
    public static void TouchPrices(Touch touch, int park) => touch.Row(PriceHeadRow.Table, (long)park);

    /// <summary>
    /// What an order comes to: by the version of the price rules that holds at the moment at which its price was shown or, before the first,
    /// by the prices of the day. Null when that version is not known here yet, which a moment later it is.
    /// </summary>
    /// <param name="offers">The offer of each type that is asked for.</param>
    public SalePrice? Price(WriteGroup group, int park, IReadOnlyDictionary<Guid, Offer> offers, PriceAsked asked)
    {
        var at = CartLife.MomentOf(asked.ShownAt, group.Now);
        if (PriceVersions.At(group, park, at) is not { } version) return PlainPrice(park, offers, asked, at);
        return _versions.Find(park, version.Number) is { } loaded ? RulesPrice(loaded, park, offers, asked, at) : null;
    }

    /// <summary>The rules by which a version prices, to price something again on the same basis.</summary>
    public async Task<RuleSet> RulesOf(int park, int version) => (await _versions.Recall(park, version)).Rules;

    /// <summary>The rules of every version that a store ever kept, by park and number. One that was spoiled is left out.</summary>
    public static async Task<IReadOnlyDictionary<(int Park, int Number), RuleSet>> ReadRules(Snapshot store) =>
        (await store.Query(PriceVersionRow.RulesIn, PriceVersionRow.Table.Select)).OfType<((int, int) Key, RuleSet Rules)>().ToDictionary(v => v.Key, v => v.Rules);

    /// <summary>The number of the version under which sales are made at a moment; null before the first.</summary>
    internal int? VersionAt(int park, DateTimeOffset at) => _versions.At(park, at)?.Number;

    /// <summary>The number that the next version of the price rules gets.</summary>
    internal int NextVersion(int park) => _versions.Head(park).Last + 1;

    private SalePrice RulesPrice(LoadedVersion loaded, int park, IReadOnlyDictionary<Guid, Offer> offers, PriceAsked asked, DateTimeOffset at)
    {
        var basis = asked.BasisOf(loaded.Version.Number, park, at, _times);
        for (var line = 0; line < asked.Lines.Count; line++)
            if (offers.TryGetValue(asked.Lines[line].TypeId, out var offer) && (asked.Lines[line].People < offer.Type.MinPeople || asked.Lines[line].People > offer.Type.MaxPeople))
                return new(new(PriceRefusal.PeopleOutOfRange, line, null, [], [], 0, 0, 0), basis, at);
        return new(OrderPrice.Of(loaded.Rules, basis.Of(asked.VisitDay, asked.Buyer), asked.Lines, asked.Vouchers), basis, at);
    }

    private SalePrice PlainPrice(int park, IReadOnlyDictionary<Guid, Offer> offers, PriceAsked asked, DateTimeOffset at) => new(OrderPrice.Of(
        RuleSet.OfDay([.. offers.Values.Select(o => (new PricedProduct(o.Type.Id, PricedPer.Person, o.Type.MinPeople, o.Type.MaxPeople), o.UnitFen))]),
        asked.BasisOf(0, park, at, _times).Of(asked.VisitDay, asked.Buyer), asked.Lines, asked.Vouchers), null, at);

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

    /// <summary>The price sheet of a day: the active types in the order of the counter, at the prices of a window.</summary>
    /// <param name="window">Which window's; null = that of any of them.</param>
    /// <param name="elsewhere">Whether what no window sells stands there too.</param>
    public async Task<PriceSheet> Sheet(int park, DateOnly day, Guid? window, bool elsewhere = false)
    {
        var now = _clock.GetUtcNow();
        var loaded = _versions.At(park, now) is { } version ? await _versions.Recall(park, version.Number) : null;
        // What would admit on no day from then on is not sold.
        var offers = (await Offers(park, day)).Where(o => o.Type.Active && o.Type.Admission?.EverAdmits(day) != false && !o.Type.IsExternal() && (elsewhere || o.Type.IsSoldAt(Channel.Window, window))).OrderBy(o => o.Type.KeySlot ?? int.MaxValue).ThenBy(o => o.Type.Number).ToArray();
        var taken = await Balances.ReadTaken(_database, [.. offers.Where(o => o.Quota is not null).Select(o => Places(park, o))]);
        var room = await _quotas.ReadRoom(park, day, offers.Select(o => o.Type.Id), Channel.Window);
        var rows = new List<SheetType>(offers.Length);
        var (today, clock, cutOffHour) = (_times.DayAt(park, now), TimeOnly.FromDateTime(_times.Local(park, now)), _parks.Of(park).Terms.CutOffHour);
        foreach (var offer in offers)
        {
            long? left = offer.Quota is { } quota ? Math.Max(0, quota - taken.GetValueOrDefault(Places(park, offer).Code)) : null;
            var shared = room.GetValueOrDefault(offer.Type.Id);
            left = Least(left, shared?.Left);
            long? UnitAt(TimeOnly? slot) => loaded is null ? offer.UnitFen
                : RulesPrice(loaded, park, NoOffers, AskedOne(offer, slot), now).Order is { Refusal: PriceRefusal.None } priced ? priced.Lines[0].UnitFen : null;
            // A slot is offered where the type admits at its beginning and has a price then.
            var slots = shared?.Slots?.Where(s => offer.Type.AdmitsAt(s.Slot.At)).Select(s => (s.Slot, UnitFen: UnitAt(s.Slot.At), Left: Least(left, s.Left))).Where(s => s.UnitFen is not null)
                .Select(s => new SheetSlot(s.Slot.At, s.Slot.Until, s.UnitFen!.Value, s.Left)).ToArray();
            if (slots is not null) left = Least(left, slots.Any(s => s.Left is null) ? null : slots.Sum(s => s.Left));
            if ((UnitAt(null) ?? slots?.FirstOrDefault()?.UnitFen) is { } unitFen)
                rows.Add(RowOf(offer, unitFen, loaded?.Rules.Find(offer.Type.Id)!.Per == PricedPer.Ticket, left, slots, offer.Type.FirstDay(day, today, clock, cutOffHour)));
        }
        var onSale = day >= today && day.DayNumber - today.DayNumber <= _parameters.Of(park).DaysAhead && await _parks.ReadDay(park, day) == DayState.Open;
        return new(PriceSheet.VersionOf(day, rows), day, ChineseHolidays.KindOf(day), ChineseHolidays.NameOf(day), onSale, loaded is not null, [.. rows], SheetWords.Of(_words, park, rows));
    }

    /// <summary>What an order would come to now, or at another moment of sale; nothing is held and nothing kept.</summary>
    /// <param name="at">The moment of sale; null = now.</param>
    /// <returns>Null where a type is unknown or not offered.</returns>
    internal async Task<(SalePrice Price, PriceRulesTerms? Terms)?> Quote(int park, PriceAsked asked, DateTimeOffset? at)
    {
        var moment = at ?? CartLife.MomentOf(asked.ShownAt, _clock.GetUtcNow());
        var offers = (await Offers(park, asked.VisitDay)).Where(o => o.Type.Active).ToDictionary(o => o.Type.Id);
        if (asked.Lines.Any(line => !offers.ContainsKey(line.TypeId))) return null;
        if (_versions.At(park, moment) is not { } version) return (PlainPrice(park, offers.Where(o => asked.Lines.Any(l => l.TypeId == o.Key)).ToDictionary(), asked, moment), null);
        var loaded = await _versions.Recall(park, version.Number);
        return (RulesPrice(loaded, park, offers, asked, moment), loaded.Terms);
    }

    /// <summary>What one of a type costs who buys it now at a window, where price rules hold; null where none do.</summary>
    internal SalePrice? PricedByRules(Offer offer)
    {
        var now = _clock.GetUtcNow();
        return _versions.At(offer.Type.Park, now) is { } version && _versions.Find(offer.Type.Park, version.Number) is { } loaded
            ? RulesPrice(loaded, offer.Type.Park, NoOffers, AskedOne(offer), now) : null;
    }

    private static PriceAsked AskedOne(Offer offer, TimeOnly? slot = null) => new(offer.Day, null, new Buyer(Channel.Window), [new(offer.Type.Id, 1, offer.Type.MinPeople, slot)]);

    private static long? Least(long? one, long? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    private async Task<IEnumerable<Offer>> Offers(int park, DateOnly day)
    {
        var named = await NamedDays(park, day);
        return Types(park).Values.Select(t => OfferOf(t, day, named.GetValueOrDefault(t.Id)));
    }

    /// <summary>Stands for terms of admission: 16 hex digits of a hash of their text; null for none.</summary>
    public static string? MarkOf(AdmissionTerms? terms) => terms is null ? null
        : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(terms, Json.Options)).AsSpan(0, 8));

    internal static Account Places(int park, Guid type, DateOnly day, int? quota) =>
        Account.Of(park, $"places/{type:N}/{day:yyyyMMdd}", Unit.Piece, min: 0, max: quota);

    internal static Offer OfferOf(TicketTypeTerms type, DateOnly day, NamedDay? named) => new(type, day,
        DayPrice.Of(new Tariff(type.WeekdayFen, type.HolidayFen), ChineseHolidays.KindOf(day), named?.PriceFen),
        named is { Unlimited: true } ? null : named?.Quota ?? type.DailyQuota);

    internal async Task Load()
    {
        await _versions.Load();
        _types = (await _database.Query(CatalogTables.Types.Read, CatalogTables.Types.Select))
            .GroupBy(t => t.Park).ToFrozenDictionary(g => g.Key, g => g.ToFrozenDictionary(t => t.Id));
    }

    /// <summary>Takes in what this program committed.</summary>
    internal void Follow(LogRecord record)
    {
        _versions.Follow(record);
        if (record.Kind != nameof(TicketTypeSaved)) return;
        var type = JsonSerializer.Deserialize<TicketTypeSaved>(record.Body, Json.Options)!.Type;
        var ofPark = Types(type.Park).Values.Where(t => t.Id != type.Id).Append(type).ToFrozenDictionary(t => t.Id);
        _types = _types.Where(p => p.Key != type.Park).Append(new(type.Park, ofPark)).ToFrozenDictionary();
    }

    private async Task<Dictionary<Guid, NamedDay>> NamedDays(int park, DateOnly day) =>
        (await _database.Query(CatalogTables.Days.Read, CatalogTables.Days.Select + " where park = @1 and day = @2", park, Rules.Values.BusinessDay.Number(day)))
        .ToDictionary(r => r.Day.TypeId, r => r.Day);

    private static SheetType RowOf(Offer offer, long unitFen, bool perTicket, long? left, SheetSlot[]? slots, DateOnly? firstDay)
    {
        var t = offer.Type;
        return new(t.Id, t.Code, t.Name, t.NameEn, t.Tab, t.VisitorType, t.KeySlot, t.Proof, t.HeightLimitCm, t.MinPeople, t.MaxPeople,
            t.FromTime, t.ToTime, t.Attention, unitFen, perTicket, left, slots, t.Person, t.IsComplimentary(), firstDay == offer.Day ? null : firstDay);
    }
}
