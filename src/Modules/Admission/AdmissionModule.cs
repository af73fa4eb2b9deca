using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Admission.Gate;
using Shanmen.Modules.Admission.Tickets;
using Shanmen.Platform;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Admission;

/// <summary>Rights to enter, and what became of them at the gates. Knows no prices and no orders.</summary>
public sealed class AdmissionModule : IModule
{
    public void AddTo(IServiceCollection services) => services.AddSingleton<Gatekeeper>();

    public void Map(IEndpointRouteBuilder routes)
    {
        ListLanes.Map(routes);
        AdmitVisitors.Map(routes);
        CountExit.Map(routes);
        RecentScans.Map(routes);
    }

    public IEnumerable<IProof> Proofs => [new TicketProof()];
}
