using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <param name="Password">Shown once; a repeated request gets null.</param>
public sealed record ResetAnswer(string? Password);

/// <summary>Gives a person a new first password (重置密码), which must be changed at the next sign-in. All sessions of the person end.</summary>
internal static class ResetPassword
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<Nothing, ResetAnswer>("POST", "/api/staff/{id:guid}/password-reset", Permission.ManageStaff, async (_, ctx) =>
        {
            var password = Passwords.Random();
            return ctx.Run(new Write(ctx.RouteId(), ctx.Park, password, await ctx.Get<Passwords>().Hash(password)));
        });

    internal sealed record Write(Guid Staff, int Park, string Password, string Hash) : IWrite
    {
        public void Touch(Touch touch) => touch.Row(StaffRow.Table, Staff);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(StaffRow.Table, Staff) is not { } staff || staff.Park != Park) return Problems.NotFound;
            group.Put(StaffRow.Table, staff with { Password = Hash, MustChange = true, Version = staff.Version + 1 });
            group.Record(nameof(PasswordReset), Staff, new PasswordReset(Staff, staff.Version + 1, StaffDigests.OfPassword(Hash)));
            return Outcome.DoneOnce(new ResetAnswer(Password), new ResetAnswer(null));
        }
    }
}
