using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Storage;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>
/// An order as it is read before the writer is asked, and whether it has a buyer and visitors. They are kept with it in one commit and never
/// change until it is over, so who is not there never comes, and is not asked for.
/// </summary>
internal sealed record PlacedOrder(OrderRow Row, bool HasBuyer, bool HasVisitors)
{
    private static readonly int Next = OrderRow.Table.Columns.Split(',').Length;

    public static readonly string Select = $"select {OrderRow.Table.Columns}, (select count(*) from {BuyerRow.Table.Name} b where b.id = orders.id), "
        + $"(select count(*) from {VisitorRow.Table.Name} v where v.order_id = orders.id) from orders";

    public static PlacedOrder Read(Row row) => new(OrderRow.Table.Read(row), row.Long(Next) > 0, row.Long(Next + 1) > 0);

    /// <summary>Null where the park has no such order.</summary>
    public static Task<PlacedOrder?> Of(Database database, int park, Guid id) => database.First(Read, Select + " where id = @1 and park = @2", id, park);

    /// <summary>Who bought it, if they said so.</summary>
    public Task<BuyerRow?> Buyer(Database database) => HasBuyer
        ? database.First(BuyerRow.Table.Read, BuyerRow.Table.Select + " where id = @1 and park = @2", Row.Id, Row.Park) : Task.FromResult<BuyerRow?>(null);

    /// <summary>Who is named on it.</summary>
    public async Task<OrderVisitors> Visitors(Database database) =>
        new(HasVisitors ? [.. await database.Query(VisitorRow.Table.Read, VisitorRow.Table.Select + " where order_id = @1 order by line, place", Row.Id)] : []);
}
