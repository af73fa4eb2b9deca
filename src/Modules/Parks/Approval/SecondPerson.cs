using System.Text;
using Microsoft.AspNetCore.Builder;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>A change was looked at by a second person before it was made; the record beside it of the same request says what was changed.</summary>
/// <param name="Route">The request that they approved.</param>
public sealed record ChangeApproved(Guid By, string Route);

/// <summary>
/// 双人复核: where a park asks for it, what is sold and for how much is changed by two people. The second types login and password, sent in the header
/// <c>Shanmen-Approval</c> as base64 of <c>login:password</c> in UTF-8. Asked for last: nobody is called for a change that would be refused anyway.
/// </summary>
public sealed class SecondPerson : ISecondLook
{
    /// <summary>Where the approval stands in a request.</summary>
    public const string Header = "Shanmen-Approval";
    private const int HeaderMax = 1024;

    /// <inheritdoc/>
    public async Task<Prepared> Look(IWrite write, WriteContext context)
    {
        var route = $"{context.Http.Request.Method} {context.Http.Request.Path}";
        var text = context.Http.Request.Headers[Header].ToString();
        if (text.Length == 0) return context.Run(new Seconded(write, context.Park, context.Key, route, null));
        if (Read(text) is not { } approval) return context.Refuse(ApprovalRefusal.SupervisorWrong, 403);
        var (refused, by) = await approval.Ask(context, Permission.SetUpPark);
        return refused ?? context.Run(new Seconded(write, context.Park, context.Key, route, by));
    }

    private static ApprovalRequest? Read(string text)
    {
        var bytes = new byte[HeaderMax];
        if (text.Length > HeaderMax || !Convert.TryFromBase64String(text, bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [{ Length: > 0 } login, { Length: > 0 } password] ? new(login, password) : null;
    }

    /// <param name="by">Who approved it; null = nobody.</param>
    private sealed class Seconded(IWrite change, int park, Guid key, string route, Guid? by) : IWrite
    {
        public bool Alone => change.Alone;
        public int Route => change.Route;

        public void Touch(Touch touch)
        {
            touch.Row(ParameterRow.Table, (long)park);
            change.Touch(touch);
        }

        public Outcome Decide(WriteGroup group)
        {
            var isAsked = IsAsked(group);
            var outcome = change.Decide(group);
            if (outcome.Refusal is not null || !group.HasRecorded) return outcome;
            // Two people also where the change itself begins or ends it: so there is somebody to ask, and nobody ends it alone.
            if (!isAsked && !IsAsked(group)) return outcome;
            if (by is not { } second) return outcome.IsTrial ? outcome : Outcome.Refused(ApprovalRefusal.SecondPersonNeeded, 403);
            group.Record(nameof(ChangeApproved), key, new ChangeApproved(second, route));
            return outcome;
        }

        private bool IsAsked(WriteGroup group) => group.Find(ParameterRow.Table, (long)park)?.Values.SecondPerson == 1;
    }
}

/// <summary>Marks routes that two people make a change by, where the park asks for it.</summary>
public static class SecondPersonRoutes
{
    /// <summary>Asks for the second person.</summary>
    public static RouteHandlerBuilder SeenByTwo(this RouteHandlerBuilder route) => route.WithMetadata(new SecondPerson(), new Refuses(429));
}
