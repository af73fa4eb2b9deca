using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Modules.Sales.Kept;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Sales;

internal enum OrderState { Ordered, Paid, Cancelled, Expired }

/// <summary>A line of an order as it was sold; it never changes.</summary>
/// <param name="Quantity">Tickets of <paramref name="People"/> people each.</param>
/// <param name="Papers">Tickets issued for the line: one, when all its people go on one ticket.</param>
/// <param name="OffFen">What free units and sets took off the line.</param>
/// <param name="TaxFen">The tax inside its total.</param>
/// <param name="Slot">The time slot that it is for; null = it is for the day.</param>
/// <param name="Complimentary">Whether it was given for nothing, from the order's budget.</param>
/// <param name="Shared">How its total is divided among partners; null = nobody has a part in it.</param>
/// <param name="Returns">What it costs to return it; null = nothing, at any time.</param>
/// <param name="Rebooking">What it costs to rebook it; null = nothing, at any time.</param>
/// <param name="LeastFen">What is kept of each of its tickets that is returned, at the least; more than 0 where it was rebooked.</param>
internal sealed record OrderLine(Guid TypeId, string TypeCode, string TypeName, string TypeNameEn, int Quantity, int People, long UnitFen, long TotalFen, int Papers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long OffFen = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long TaxFen = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Terms = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TimeSlot? Slot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Complimentary = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SharedLine? Shared = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ReturnTerms? Returns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ReturnTerms? Rebooking = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long LeastFen = 0)
{
    /// <summary>People on each of its tickets.</summary>
    public int PeopleOnEach() => Papers == 1 ? Quantity * People : People;
}

internal sealed record OrderPayment(PaymentMethod Method, long AmountFen, long TenderedFen, long ChangeFen, string Reference, long RefundedFen);

/// <param name="Basis">What its version of the price rules priced it on; null where the park had none.</param>
/// <param name="Origin">Where its visitors come from, by a code of the dictionary; null where nobody said.</param>
/// <param name="Complimentary">What its complimentary lines were given from; null where it has none.</param>
/// <param name="Agency">In whose name it was sold, by a code of the dictionary; null = nobody's.</param>
/// <param name="RebookedFrom">The order for whose tickets it was rebooked; null where it was bought.</param>
/// <param name="RebookedTimes">How often that was done in all.</param>
/// <param name="Vouchers">What vouchers took off it; null where it has none.</param>
/// <param name="Kept">What it is claimed by, while it is kept unpaid for a buyer; else null.</param>
internal sealed record OrderRow(Guid Id, int Park, long Number, OrderState State, Guid Window, Guid Shift, Guid Clerk, long At, int Day, int VisitDay, int People,
    long TotalFen, long PaidFen, long RefundedFen, long ChangeFen, long? HoldUntil, bool OnOneTicket, string PriceVersion, OrderLine[] Lines, OrderPayment[] Payments, PriceBasis? Basis = null, string? Origin = null,
    OrderGift? Complimentary = null, string? Agency = null, Guid? RebookedFrom = null, int RebookedTimes = 0, OrderVoucher[]? Vouchers = null, OrderKeep? Kept = null)
{
    public static readonly RowTable<Guid, OrderRow> Table = new("orders",
        "id, park, number, state, sales_window, shift, clerk, at, day, visit_day, people, total_fen, paid_fen, refunded_fen, change_fen, hold_until, "
        + "on_one_ticket, price_version, lines, payments, price_basis, origin, complimentary, agency, rebooked_from, rebooked_times, vouchers, kept",
        r => new OrderRow(r.Id(0), r.Int(1), r.Long(2), Enum.Parse<OrderState>(r.Text(3)), r.Id(4), r.Id(5), r.Id(6), r.Long(7), r.Int(8), r.Int(9), r.Int(10),
            r.Long(11), r.Long(12), r.Long(13), r.Long(14), r.LongOrNull(15), r.Bool(16), r.Text(17),
            JsonSerializer.Deserialize<OrderLine[]>(r.Text(18), Json.Options)!, JsonSerializer.Deserialize<OrderPayment[]>(r.Text(19), Json.Options)!,
            Read<PriceBasis>(r, 20), r.TextOrNull(21), Read<OrderGift>(r, 22), r.TextOrNull(23), r.IdOrNull(24), r.Int(25), Read<OrderVoucher[]>(r, 26), Read<OrderKeep>(r, 27)),
        o => [o.Id, o.Park, o.Number, o.State.ToString(), o.Window, o.Shift, o.Clerk, o.At, o.Day, o.VisitDay, o.People, o.TotalFen, o.PaidFen, o.RefundedFen,
            o.ChangeFen, o.HoldUntil, o.OnOneTicket, o.PriceVersion, JsonSerializer.Serialize(o.Lines, Json.Options), JsonSerializer.Serialize(o.Payments, Json.Options),
            Text(o.Basis), (object?)o.Origin, Text(o.Complimentary), (object?)o.Agency, o.RebookedFrom, o.RebookedTimes, Text(o.Vouchers), Text(o.Kept)], o => o.Id);

    private static T? Read<T>(Row row, int column) where T : class => row.TextOrNull(column) is { } text ? JsonSerializer.Deserialize<T>(text, Json.Options) : null;
    private static string? Text<T>(T? part) where T : class => part is null ? null : JsonSerializer.Serialize(part, Json.Options);

    /// <summary>The number that money of the bank for it was sent for: its own, or that of the order for whose tickets it was rebooked.</summary>
    [JsonIgnore]
    public string BankNumber => Payments.FirstOrDefault(p => p.Method == PaymentMethod.BankTransfer)?.Reference ?? Number.ToString("D17", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>People on its complimentary lines of a type; of all types where none is named.</summary>
    public int Given(Guid? type = null) => Lines.Where(l => l.Complimentary && (type is null || l.TypeId == type)).Sum(l => l.Quantity * l.People);
}

/// <summary>Whom an order belongs to, where the buyer said so. Protected, with keyed hashes for look-up.</summary>
/// <param name="PhoneTail">Of the phone's last four digits; null in a row of before schema 21 that has not got it yet.</param>
/// <param name="NameHash">Of the name as people type it; null as above.</param>
internal sealed record BuyerRow(Guid Id, int Park, byte[] Name, byte[] Phone, byte[] IdNumber, byte[] PhoneHash, byte[] IdHash, byte[]? PhoneTail, byte[]? NameHash)
{
    public static readonly RowTable<Guid, BuyerRow> Table = new("order_buyer", "id, park, name, phone, id_number, phone_hash, id_hash, phone_tail, name_hash",
        r => new BuyerRow(r.Id(0), r.Int(1), r.Bytes(2), r.Bytes(3), r.Bytes(4), r.Bytes(5), r.Bytes(6), r.BytesOrNull(7), r.BytesOrNull(8)),
        b => [b.Id, b.Park, b.Name, b.Phone, b.IdNumber, b.PhoneHash, b.IdHash, b.PhoneTail, b.NameHash]);
}

/// <summary>The money and paper side of a ticket: what it cost, how often it was printed, what went back.</summary>
/// <param name="FeeFen">What was kept of it when it went back; null while it did not, and of what went back before fees were known.</param>
internal sealed record SoldTicketRow(Guid Id, int Park, Guid Order, string ShortCode, long PriceFen, int Printed, long RefundedFen, long? FeeFen = null)
{
    public static readonly RowTable<Guid, SoldTicketRow> Table = new("sold_ticket", "id, park, order_id, short_code, price_fen, printed, refunded_fen, fee_fen",
        r => new SoldTicketRow(r.Id(0), r.Int(1), r.Id(2), r.Text(3), r.Long(4), r.Int(5), r.Long(6), r.LongOrNull(7)),
        t => [t.Id, t.Park, t.Order, t.ShortCode, t.PriceFen, t.Printed, t.RefundedFen, t.FeeFen], t => t.Id);
}

internal enum ShiftState { Open, Closed }

/// <param name="RefusedCounts">Counts of the drawer that differed and gave no reason; none of them can be taken back.</param>
/// <param name="FirstCountedFen">The first of them.</param>
internal sealed record ShiftRow(Guid Id, int Park, Guid Window, Guid Clerk, long OpenedAt, int Day, long FloatFen, ShiftState State, long? ClosedAt, int Tickets,
    long SalesFen, long CashFen, long CardFen, int Unpaid, long? ExpectedFen, long? CountedFen, long? OverShortFen, string? Reason,
    int RefusedCounts, long? FirstCountedFen)
{
    public static readonly RowTable<Guid, ShiftRow> Table = new("shift",
        "id, park, sales_window, clerk, opened_at, day, float_fen, state, closed_at, tickets, sales_fen, cash_fen, card_fen, unpaid, expected_fen, counted_fen, over_short_fen, reason, "
        + "refused_counts, first_counted_fen",
        r => new ShiftRow(r.Id(0), r.Int(1), r.Id(2), r.Id(3), r.Long(4), r.Int(5), r.Long(6), Enum.Parse<ShiftState>(r.Text(7)), r.LongOrNull(8), r.Int(9),
            r.Long(10), r.Long(11), r.Long(12), r.Int(13), r.LongOrNull(14), r.LongOrNull(15), r.LongOrNull(16), r.TextOrNull(17), r.Int(18), r.LongOrNull(19)),
        s => [s.Id, s.Park, s.Window, s.Clerk, s.OpenedAt, s.Day, s.FloatFen, s.State.ToString(), s.ClosedAt, s.Tickets, s.SalesFen, s.CashFen, s.CardFen, s.Unpaid,
            s.ExpectedFen, s.CountedFen, s.OverShortFen, s.Reason, s.RefusedCounts, s.FirstCountedFen]);
}

/// <summary>The shift that a window or a clerk is in now, if any: what keeps two clerks off one window.</summary>
internal sealed record SeatRow(Guid Id, int Park, Guid? Shift)
{
    public static readonly RowTable<Guid, SeatRow> Table = new("shift_seat", "id, park, shift", r => new SeatRow(r.Id(0), r.Int(1), r.IdOrNull(2)), s => [s.Id, s.Park, s.Shift]);
}

/// <summary>The last order number that a lane gave in a park: numbers follow the clock to the millisecond and never repeat.</summary>
internal sealed record NumberRow(long Id, int Park, long Last)
{
    public static readonly RowTable<long, NumberRow> Table = new("last_number", "id, park, last", r => new NumberRow(r.Long(0), r.Int(1), r.Long(2)), n => [n.Id, n.Park, n.Last], n => n.Id);

    /// <summary>Which row a lane counts in, so that no lane waits for another to know its next number.</summary>
    public static long IdOf(int park, int lane) => (park * (long)Lanes.Max) + lane - 1;
}
