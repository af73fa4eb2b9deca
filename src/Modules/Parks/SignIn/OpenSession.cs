using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>Login and password.</summary>
public sealed record SignInRequest(string Login, string Password);

/// <summary>Signs a person in (登录), and says who is signed in.</summary>
internal static class OpenSession
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/session", (Delegate)(async (HttpContext http) =>
            await http.Send(await http.RequestServices.GetRequiredService<SessionDesk>().Answer(http.PrincipalOrNull()))))
            .AllowAnonymous().WithMetadata(new Slice(typeof(OpenSession))).WithName("ReadSession").Produces<SessionAnswer>();
        routes.MapOpen<SignInRequest>("/api/session", 200, Handle);
    }

    private static async Task Handle(HttpContext http, SignInRequest request)
    {
        var services = http.RequestServices;
        var desk = services.GetRequiredService<StaffDesk>();
        var address = SessionDesk.AddressOf(http);
        var (staff, wait) = await desk.Check(request.Login, request.Password, address);
        if (wait > 0) { await http.Refuse(new(SignInRefusal.TooManyTries, 429, wait)); return; }
        if (staff is null) { await http.Refuse(new(SignInRefusal.WrongSignIn, 401)); return; }

        var token = Sessions.NewToken();
        var session = Sessions.IdOf(token);
        var answer = await services.GetRequiredService<WriteQueue>()
            .Send(new WriteKey(staff.Park, staff.Id, Guid.CreateVersion7(), []), new Write(staff.Id, staff.Version, session, address));
        if (answer.Refusal is { } refusal) { await http.Refuse(refusal); return; }
        SessionDesk.SetCookie(http, token);
        await http.Send(await services.GetRequiredService<SessionDesk>().Answer(desk.PrincipalOf(staff, session)));
    }

    private sealed record Write(Guid Staff, long Version, Guid Session, string Address) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(StaffRow.Table, Staff);
            touch.Row(SessionRow.Table, Session);
        }

        public Outcome Decide(WriteGroup group)
        {
            // Between the check of the password and now the person may have been disabled.
            if (group.Find(StaffRow.Table, Staff) is not { Active: true } staff || staff.Version != Version)
                return Outcome.Refused(SignInRefusal.WrongSignIn, 401);
            var ends = group.Now + Sessions.Lifetime;
            group.Put(SessionRow.Table, new SessionRow(Session, Staff, staff.Park, Version, group.Now.Micros(), ends.Micros(), Ended: false, Address));
            group.Record(nameof(SignedIn), Staff, new SignedIn(Staff, Session, Address, ends));
            return Outcome.Done(null, 204);
        }
    }
}
