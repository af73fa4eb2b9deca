using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>Signs a person out (退出). Who is not signed in is told the same.</summary>
internal static class CloseSession
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/session", (Delegate)Handle).AllowAnonymous().WithMetadata(Slice.Of(Handle)).Produces(204);

    private static async Task Handle(HttpContext http)
    {
        if (http.PrincipalOrNull() is { Lane: null } who)
        {
            var answer = await http.RequestServices.GetRequiredService<WriteQueue>()
                .Send(new WriteKey(who.Park, who.Id, Guid.CreateVersion7(), []), new Write(who.Session));
            if (answer.Refusal is { } refusal) { await http.Refuse(refusal); return; }
        }
        SessionDesk.ClearCookie(http);
        http.Response.StatusCode = 204;
    }

    private sealed record Write(Guid Session) : IWrite
    {
        public void Touch(Touch touch) => touch.Row(SessionRow.Table, Session);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(SessionRow.Table, Session) is { Ended: false } row)
            {
                group.Put(SessionRow.Table, row with { Ended = true });
                group.Record(nameof(SignedOut), row.Staff, new SignedOut(row.Staff, Session));
            }
            return Outcome.Done(null, 204);
        }
    }
}
