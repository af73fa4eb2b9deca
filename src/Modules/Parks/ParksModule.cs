using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Modules.Parks;

/// <summary>Parks, sites, gates, lanes, windows, staff and the state of business days.</summary>
public sealed class ParksModule : IModule
{
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<StaffDesk>();
        services.AddSingleton(s => new ParkDirectory(s.GetRequiredService<Database>(), s.GetRequiredService<ParkTimes>(), s.GetRequiredService<StaffDesk>()));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }

    public async Task Start(IServiceProvider services)
    {
        var directory = services.GetRequiredService<ParkDirectory>();
        await directory.Load();
        services.GetRequiredService<FactFeed>().Listen(directory.Follow);
    }
}
