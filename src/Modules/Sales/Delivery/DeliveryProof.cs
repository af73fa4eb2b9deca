using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Sales.Delivery;

/// <summary>Holds every delivery against the facts that asked for it and moved it on.</summary>
internal sealed class DeliveryProof : IProof
{
    private readonly RowReplay<Guid, DeliveryRow> _rows = new(DeliveryRow.Table);
    private readonly HashSet<Guid> _orders = [];
    private string? _bad;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I10", "Every delivery of tickets is in each column what its facts say, and none is missing."),
        new("I1", "Every delivery is of an order that was paid, and each step of it follows from the one before."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(DeliveryAsked), nameof(DeliveryStepped)];

    public void Hear(LoggedFact fact, object read)
    {
        if (fact.Kind == nameof(DeliveryAsked))
        {
            var asked = fact.As<DeliveryAsked>();
            if (_rows.Find(asked.OrderId) is { MayAsk: false }) _bad ??= $"{fact.Name}: the delivery of order {asked.OrderId} was under way";
            _orders.Add(asked.OrderId);
            _rows.Put(new(asked.OrderId, fact.Park, DeliveryState.Waiting, asked.Way, [], [], [], asked.Note, "", "", "", asked.StaffId, fact.At, fact.Day));
            Seal(asked.OrderId, asked.Digests);
            return;
        }
        var step = fact.As<DeliveryStepped>();
        if (_rows.Find(step.OrderId)?.After(step, fact.At) is not { } after) { _bad ??= $"{fact.Name}: the delivery of order {step.OrderId} was not there yet"; return; }
        _rows.Put(after);
        if (step.Step == DeliveryStep.Cancelled) Seal(step.OrderId, DeliveryDigests.Of(after));
    }

    private void Seal(Guid order, DeliveryDigests digests)
    {
        _rows.Seal(order, "name", digests.Name);
        _rows.Seal(order, "phone", digests.Phone);
        _rows.Seal(order, "address", digests.Address);
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store)
    {
        if (_bad is null && _orders.Count > 0)
            foreach (var order in await store.Query(r => r.Id(0), "select d.id from delivery d left join orders o on o.id = d.id and o.state = 'Paid' where o.id is null"))
                _bad ??= $"delivery {order}: its order was not paid";
        return [await IRowReplay.Compare(store, _rows), new Finding($"{_orders.Count:N0} deliveries", _bad)];
    }
}
