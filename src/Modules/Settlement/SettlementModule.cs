using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Settlement.DayClose;
using Shanmen.Platform;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Settlement;

/// <summary>Day close: counts the money and seals the day.</summary>
public sealed class SettlementModule : IModule
{
    public void AddTo(IServiceCollection services) => services.AddSingleton(s => new ClearingHouse(
        s.GetRequiredService<Database>(), s.GetRequiredService<ParkDirectory>(), s.GetRequiredService<PersonalText>(), s.GetRequiredService<Texts>()));

    public void Map(IEndpointRouteBuilder routes)
    {
        CloseDay.Map(routes);
        ReadDays.Map(routes);
    }

    public IEnumerable<IProof> Proofs => [new SheetProof()];
}
