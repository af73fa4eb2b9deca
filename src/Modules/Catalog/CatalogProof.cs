using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Catalog;

/// <summary>Holds ticket types, their codes and the days set by hand against the facts that made them.</summary>
internal sealed class CatalogProof : IProof
{
    private readonly RowReplay<Guid, TicketTypeTerms> _types = new(CatalogTables.Types);
    private readonly RowReplay<string, CodeRow> _codes = new(CatalogTables.Codes);
    private readonly RowReplay<string, NamedDayRow> _days = new(CatalogTables.Days);

    public IReadOnlyList<Claim> Claims { get; } =
        [new("I10", "Every ticket type, its code and number, and every day set by hand is in each column what its facts say, and none is missing.")];

    public IReadOnlyList<string> Kinds { get; } = [nameof(TicketTypeSaved), nameof(NamedDaySet)];

    public void Hear(LoggedFact fact, object read)
    {
        if (fact.Kind == nameof(NamedDaySet)) _days.Put(new(fact.Park, fact.As<NamedDaySet>().Day));
        else
        {
            var type = fact.As<TicketTypeSaved>().Type;
            _types.Put(type);
            // A code that a type gave up stays its own, like its number.
            _codes.Put(new(type.Park, type.Code, type.Id));
            _codes.Put(new(type.Park, $"#{type.Number}", type.Id));
        }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _types, _codes, _days)];
}
