using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>A second person who stands beside whoever asks and types their own password (批准).</summary>
public sealed record ApprovalRequest(string Login, string Password)
{
    private const int LoginMax = 40, PasswordMax = 128;

    /// <summary>Notes what is wrong with it under two names of fields.</summary>
    public void Check(Fields fields, string login, string password)
    {
        fields.Text(login, Login, 1, LoginMax);
        fields.Check(password, Password.Length is >= 1 and <= PasswordMax, "Field.Text", 1, PasswordMax);
    }

    /// <summary>Who approves it, or why nobody does. It is never the own approval of who asks.</summary>
    public async Task<(Prepared? Refused, Guid By)> Ask(WriteContext ctx, Permission permission)
    {
        var vouched = await ctx.Get<ParkDirectory>().Vouch(Login, Password, ctx.Http.Connection.RemoteIpAddress?.ToString() ?? "", ctx.Park);
        if (vouched.WaitSeconds > 0) return (ctx.Refuse(SignInRefusal.TooManyTries, 429, vouched.WaitSeconds), default);
        if (vouched.Principal is not { } supervisor || supervisor.Park != ctx.Park) return (ctx.Refuse(ApprovalRefusal.SupervisorWrong, 403), default);
        if (!supervisor.May(permission)) return (ctx.Refuse(ApprovalRefusal.SupervisorNotAllowed, 403), default);
        return supervisor.Id == ctx.Principal.Id ? (ctx.Refuse(ApprovalRefusal.SupervisorSelf, 403), default) : (null, supervisor.Id);
    }
}

/// <summary>Why nobody has approved it.</summary>
public enum ApprovalRefusal
{
    /// <summary>No login and password of a colleague.</summary>
    SupervisorWrong,
    /// <summary>Nobody approves what they do themselves.</summary>
    SupervisorSelf,
    /// <summary>The colleague may not approve it.</summary>
    SupervisorNotAllowed,
    /// <summary>The park wants a second person to look at such a change.</summary>
    SecondPersonNeeded,
}
