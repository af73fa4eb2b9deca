using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Reporting.Days;
using Shanmen.Modules.Reporting.Live;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Modules.Reporting;

/// <summary>Views of what happened: the live board and the report of a day. It counts facts and changes nothing.</summary>
public sealed class ReportingModule : IModule
{
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<TallyShelf>();
        services.AddSingleton(s => new ReportShelf(s.GetRequiredService<Database>(), s.GetRequiredService<StoreState>(), s.GetRequiredService<ParkDirectory>(),
            s.GetRequiredService<PriceBook>(), s.GetRequiredService<ParkTimes>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<TallyShelf>()));
        services.AddHostedService<CountToday>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        WatchBoard.Map(routes);
        ReadDayReport.Map(routes);
        ReadOrigins.Map(routes);
        ReadComplimentary.Map(routes);
        ReadVoucherUses.Map(routes);
        ReadExternal.Map(routes);
        ReadShares.Map(routes);
        ReadAgencies.Map(routes);
        ReadAgencyAccount.Map(routes);
        ReadBankTransfers.Map(routes);
        ReadReturns.Map(routes);
        ReadExchanges.Map(routes);
        ReadOwed.Map(routes);
        ReadPaperJournal.Map(routes);
        ReadOrderCounts.Map(routes);
    }

    public async Task Start(IServiceProvider services)
    {
        var tallies = services.GetRequiredService<TallyShelf>();
        await tallies.Load();
        services.GetRequiredService<FactFeed>().Listen(tallies.Follow);
    }
}
