using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>The old and the new password.</summary>
public sealed record PasswordRequest(string CurrentPassword, string NewPassword);

/// <summary>Changes one's own password (修改密码). All other sessions of the person end; this one goes on under a new cookie.</summary>
internal static class ChangePassword
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpen<PasswordRequest>("/api/session/password", 200, Handle);

    /// <summary>10 to 128 characters, and not the login itself.</summary>
    public static bool IsAllowed(string password, string login) =>
        password.Length is >= Passwords.LengthMin and <= Passwords.LengthMax && StaffDesk.Normalise(password) != StaffDesk.Normalise(login);

    private static async Task Handle(HttpContext http, PasswordRequest request)
    {
        var services = http.RequestServices;
        if (http.PrincipalOrNull() is not { Lane: null } who) { await http.Refuse(new(SignInRefusal.NotSignedIn, 401)); return; }
        var address = SessionDesk.AddressOf(http);
        var desk = services.GetRequiredService<StaffDesk>();
        var (staff, wait) = await desk.Check(who.Login, request.CurrentPassword, address);
        if (wait > 0) { await http.Refuse(new(SignInRefusal.TooManyTries, 429, wait)); return; }
        // Not 401: the session is good, only the sentence about the password was not.
        if (staff is null || staff.Id != who.Id) { await http.Refuse(new(SignInRefusal.WrongPassword, 422)); return; }
        if (!IsAllowed(request.NewPassword, staff.Login) || request.NewPassword == request.CurrentPassword)
        { await http.Refuse(new(SignInRefusal.PasswordTooWeak, 400)); return; }

        var token = Sessions.NewToken();
        var hash = await services.GetRequiredService<Passwords>().Hash(request.NewPassword);
        var answer = await services.GetRequiredService<WriteQueue>().Send(new WriteKey(who.Park, who.Id, Guid.CreateVersion7(), []),
            new Write(staff.Id, staff.Version, hash, who.Session, Sessions.IdOf(token), address));
        if (answer.Refusal is { } refusal) { await http.Refuse(refusal); return; }
        SessionDesk.SetCookie(http, token);
        await http.Send(await services.GetRequiredService<SessionDesk>().Answer(who with { MustChangePassword = false, Session = Sessions.IdOf(token) }));
    }

    private sealed record Write(Guid Staff, long Version, string Hash, Guid OldSession, Guid NewSession, string Address) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(StaffRow.Table, Staff);
            touch.Row(SessionRow.Table, OldSession);
            touch.Row(SessionRow.Table, NewSession);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(StaffRow.Table, Staff) is not { Active: true } staff || staff.Version != Version)
                return Outcome.Refused(SignInRefusal.WrongPassword, 422);
            var ends = group.Now + Sessions.Lifetime;
            group.Put(StaffRow.Table, staff with { Password = Hash, MustChange = false, Version = Version + 1 });
            if (group.Find(SessionRow.Table, OldSession) is { } old) group.Put(SessionRow.Table, old with { Ended = true });
            group.Put(SessionRow.Table, new SessionRow(NewSession, Staff, staff.Park, Version + 1, group.Now.Micros(), ends.Micros(), Ended: false, Address));
            group.Record(nameof(PasswordChanged), Staff, new PasswordChanged(Staff, Version + 1, OldSession, NewSession, Address, ends, StaffDigests.OfPassword(Hash)));
            return Outcome.Done(null, 204);
        }
    }
}
