using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Sales.External;

/// <summary>Holds lists of foreign codes against their facts. Their codes are tickets, and proven with those.</summary>
internal sealed class ExternalProof : IProof
{
    private readonly RowReplay<Guid, ExternalList> _lists = new(ExternalList.Table);

    public IReadOnlyList<Claim> Claims { get; } = [new("I10", "Every list of foreign codes is in each column what its facts say, and none is missing.")];

    public IReadOnlyList<string> Kinds { get; } = [nameof(ExternalListSaved)];

    public void Hear(LoggedFact fact, object read) => _lists.Put(fact.As<ExternalListSaved>().List);

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _lists)];
}
