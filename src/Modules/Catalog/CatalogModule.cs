using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog.Complimentary;
using Shanmen.Modules.Catalog.Files;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Modules.Parks;
using Shanmen.Platform;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Modules.Catalog;

/// <summary>Ticket types, prices, quotas and the days on which they differ.</summary>
public sealed class CatalogModule : IModule
{
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(s => new PriceBook(s.GetRequiredService<Database>(), s.GetRequiredService<ParkDirectory>(),
            s.GetRequiredService<QuotaBook>(), s.GetRequiredService<DictionaryBook>(), s.GetRequiredService<ParameterBook>(), s.GetRequiredService<ParkTimes>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new QuotaBook(s.GetRequiredService<Database>(), s.GetRequiredService<ParkTimes>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DemoCatalog>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        SaveTicketType.Map(routes);
        ReadTypeDays.Map(routes);
        SetTypeDay.Map(routes);
        ReadPriceSheet.Map(routes);
        SavePriceVersion.Map(routes);
        WithdrawPriceVersion.Map(routes);
        ReadPriceVersions.Map(routes);
        ReadQuote.Map(routes);
        SaveQuota.Map(routes);
        SetQuotaDays.Map(routes);
        ReadQuotas.Map(routes);
        SaveBudget.Map(routes);
        SaveVoucherKind.Map(routes);
        IssueVouchers.Map(routes);
        ChangeBatch.Map(routes);
        ReadVouchers.Map(routes);
        ShowVouchers.Map(routes);
        ExportCatalog.Map(routes);
        ImportCatalog.Map(routes);
        ReadCatalogChanges.Map(routes);
    }

    public IEnumerable<IProof> Proofs => [new CatalogProof(), new VoucherProof()];

    public async Task Start(IServiceProvider services)
    {
        var (book, quotas, feed) = (services.GetRequiredService<PriceBook>(), services.GetRequiredService<QuotaBook>(), services.GetRequiredService<FactFeed>());
        await book.Load();
        await quotas.Load();
        feed.Listen([nameof(TicketTypeSaved), nameof(PriceVersionSaved), nameof(PriceVersionWithdrawn)], book.Follow, book.Load);
        feed.Listen([nameof(QuotaSaved), nameof(QuotaDaysSet)], quotas.Follow, quotas.Load);
    }
}
