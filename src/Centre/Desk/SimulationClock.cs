using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Centre.Hosting;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Centre.Desk;

/// <summary>模拟时钟: moves the clock of a simulation. In an ordinary store this route does not exist.</summary>
internal static class SimulationClock
{
    internal sealed record Request(DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder routes, OpenedStore store)
    {
        if (store.Clock is not SimulatedClock clock) return;
        routes.MapPost("/api/simulation/clock", async (Request request, HttpContext http) =>
        {
            if (!clock.TrySet(request.At)) { await http.Refuse(new(ClockRefusal.ClockBackwards, 409)); return; }
            await http.Response.WriteAsJsonAsync(new Request(clock.GetUtcNow()), Json.Options);
        }).RequireAuthorization(Permission.SetClock.ToString()).Produces<Request>();
    }
}

/// <summary>Refusals of the simulated clock.</summary>
public enum ClockRefusal { ClockBackwards }
