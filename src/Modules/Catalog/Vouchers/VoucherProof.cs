using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>Holds kinds, batches and vouchers against the facts that made them. How often each was used is counted by those who sell.</summary>
internal sealed class VoucherProof : IProof
{
    private readonly RowReplay<Guid, VoucherKind> _kinds = new(VoucherKind.Table);
    private readonly RowReplay<Guid, VoucherBatch> _batches = new(VoucherBatch.Table);
    private readonly Dictionary<Guid, (int Park, Guid Batch, int Serial, bool Voided)> _vouchers = [];
    private readonly HashSet<Guid> _voided = [];

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I10", "Every kind and every batch of vouchers is in each column what its facts say, and none is missing."),
        new("I10", "Every voucher has the batch and serial of the fact that issued it, and is voided where a fact voided it; and there is none that no fact issued."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(VoucherKindSaved), nameof(VouchersIssued), nameof(VoucherBatchSaved), nameof(VouchersVoided)];

    public void Hear(LoggedFact fact, object read)
    {
        switch (fact.Kind)
        {
            case nameof(VoucherKindSaved): _kinds.Put(fact.As<VoucherKindSaved>().Kind); break;
            case nameof(VoucherBatchSaved): _batches.Put(fact.As<VoucherBatchSaved>().Batch); break;
            case nameof(VouchersVoided): _voided.UnionWith(fact.As<VouchersVoided>().Ids); break;
            default:
                var issued = fact.As<VouchersIssued>();
                _batches.Put(issued.Batch);
                for (var n = 0; n < issued.Ids.Length; n++) _vouchers[issued.Ids[n]] = (fact.Park, issued.Batch.Id, n + 1, false);
                break;
        }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store)
    {
        string? bad = null;
        var all = _vouchers.Count;
        foreach (var voucher in await store.Query(r => (Id: r.Id(0), Park: r.Int(1), Batch: r.Id(2), Serial: r.Int(3), Voided: r.Bool(4)), "select id, park, batch, serial, voided from voucher order by id"))
        {
            if (!_vouchers.Remove(voucher.Id, out var should)) bad ??= $"voucher {voucher.Id}: no fact issued it";
            else if (should with { Voided = _voided.Contains(voucher.Id) } != (voucher.Park, voucher.Batch, voucher.Serial, voucher.Voided)) bad ??= $"voucher {voucher.Id}: it is not what its facts say";
        }
        foreach (var missing in _vouchers.Keys) bad ??= $"voucher {missing}: its row is missing";
        return [await IRowReplay.Compare(store, _kinds, _batches), new Finding($"{all} vouchers", bad)];
    }
}
