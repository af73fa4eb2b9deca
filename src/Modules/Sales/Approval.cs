using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Sales;

/// <summary>A second person who stands beside the clerk and types their own password (批准).</summary>
internal sealed record ApprovalRequest(string Login, string Password)
{
    /// <summary>Notes what is wrong with it under two names of fields.</summary>
    public void Check(Fields fields, string login, string password)
    {
        fields.Text(login, Login, 1, 40);
        fields.Check(password, Password.Length is >= 1 and <= 128, "Field.Text", 1, 128);
    }

    /// <summary>Who approves it, or why nobody does. It is never the clerk's own approval.</summary>
    public async Task<(Prepared? Refused, Guid By)> Ask(WriteContext ctx, Permission permission)
    {
        var vouched = await ctx.Get<ParkDirectory>().Vouch(Login, Password, ctx.Http.Connection.RemoteIpAddress?.ToString() ?? "", ctx.Park);
        if (vouched.WaitSeconds > 0) return (ctx.Refuse(SignInRefusal.TooManyTries, 429, vouched.WaitSeconds), default);
        if (vouched.Principal is not { } supervisor || supervisor.Park != ctx.Park) return (ctx.Refuse(SalesRefusal.SupervisorWrong, 403), default);
        if (!supervisor.May(permission)) return (ctx.Refuse(SalesRefusal.SupervisorNotAllowed, 403), default);
        return supervisor.Id == ctx.Principal.Id ? (ctx.Refuse(SalesRefusal.SupervisorSelf, 403), default) : (null, supervisor.Id);
    }
}
