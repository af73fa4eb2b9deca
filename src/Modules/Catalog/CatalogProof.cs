using Shanmen.Modules.Catalog.Complimentary;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Catalog.Quotas;
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
    private readonly RowReplay<Guid, PriceVersionRow> _versions = new(PriceVersionRow.Table);
    private readonly RowReplay<long, PriceHeadRow> _heads = new(PriceHeadRow.Table);

    private readonly RowReplay<Guid, QuotaTerms> _quotas = new(QuotaTables.Quotas);
    private readonly RowReplay<string, QuotaDayRow> _quotaDays = new(QuotaDayRow.Table);
    private readonly RowReplay<long, QuotaHeadRow> _quotaHeads = new(QuotaHeadRow.Table);
    private readonly RowReplay<Guid, ComplimentaryBudget> _budgets = new(ComplimentaryBudget.Table);

    public IReadOnlyList<Claim> Claims { get; } =
        [new("I10", "Every ticket type, its code and number, every version of the prices, every quota, every budget of complimentary tickets and every day set by hand is in each column what its facts say, and none is missing.")];

    public IReadOnlyList<string> Kinds { get; } =
        [nameof(TicketTypeSaved), nameof(NamedDaySet), nameof(NamedDaysSet), nameof(PriceVersionSaved), nameof(PriceVersionWithdrawn), nameof(QuotaSaved), nameof(QuotaDaysSet), nameof(ComplimentaryBudgetSaved)];

    public void Hear(LoggedFact fact, object read)
    {
        switch (fact.Kind)
        {
            case nameof(NamedDaySet): _days.Put(new(fact.Park, fact.As<NamedDaySet>().Day)); break;
            case nameof(NamedDaysSet):
                var set = fact.As<NamedDaysSet>();
                foreach (var day in set.Days) _days.Put(new(fact.Park, day.For(set.TypeId)));
                break;
            case nameof(PriceVersionSaved): Save(PriceVersionRow.Of(fact.Park, fact.As<PriceVersionSaved>()), fact); break;
            case nameof(PriceVersionWithdrawn): Withdraw(fact.As<PriceVersionWithdrawn>(), fact.Park); break;
            case nameof(QuotaSaved): Save(fact.As<QuotaSaved>()); break;
            case nameof(QuotaDaysSet): Set(fact.As<QuotaDaysSet>(), fact.Park); break;
            case nameof(ComplimentaryBudgetSaved): _budgets.Put(fact.As<ComplimentaryBudgetSaved>().Budget); break;
            default:
                var type = fact.As<TicketTypeSaved>().Type;
                _types.Put(type);
                // A code that a type gave up stays its own, like its number.
                _codes.Put(new(type.Park, type.Code, type.Id));
                _codes.Put(new(type.Park, $"#{type.Number}", type.Id));
                break;
        }
    }

    private void Save(PriceVersionRow row, LoggedFact fact)
    {
        _versions.Put(row);
        _heads.Put((_heads.Find(row.Park) ?? PriceHeadRow.None(row.Park)).With(row.Version, fact.Moment));
    }

    private void Save(QuotaSaved saved)
    {
        _quotas.Put(saved.Quota);
        _quotaHeads.Put(new(saved.Quota.Park, saved.Changes));
    }

    private void Set(QuotaDaysSet set, int park)
    {
        foreach (var day in SetQuotaDays.RowsOf(park, set.QuotaId, set.Days, set.Slots, set.Limit, set.Unlimited)) _quotaDays.Put(day);
        _quotaHeads.Put(new(park, set.Changes));
    }

    private void Withdraw(PriceVersionWithdrawn withdrawn, int park)
    {
        if (_versions.Find(withdrawn.Id) is { } row) _versions.Put(row with { Withdrawn = true });
        if (_heads.Find(park) is { } head) _heads.Put(head.Without(withdrawn.Number));
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _types, _codes, _days, _versions, _heads, _quotas, _quotaDays, _quotaHeads, _budgets)];
}
