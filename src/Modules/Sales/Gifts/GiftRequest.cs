using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Gifts;

/// <summary>What the complimentary lines of an order are given from, and why (赠票).</summary>
/// <param name="Reason">A code of the dictionary.</param>
/// <param name="Note">The organisation that gets them, or the number of its letter. It stands in clear for ever, so no numbers of people's phones or papers.</param>
/// <param name="Approval">Who approves it, where that was asked for; null = nobody does.</param>
internal sealed record GiftRequest(Guid BudgetId, string Reason, string Note, ApprovalRequest? Approval = null)
{
    /// <summary>Notes what is wrong with it, and gives it back in the one form in which it is kept.</summary>
    public async Task<GiftRequest> Read(WriteContext ctx)
    {
        Approval?.Check(ctx.Fields, "complimentary.login", "complimentary.password");
        ctx.Fields.Check("complimentary.reason", await ctx.Get<DictionaryBook>().Offers(ctx.Park, DictionaryKind.ComplimentaryReason, Reason), "Field.Word");
        return this with { Note = ClearText.Read(ctx.Fields, "complimentary.note", Note, 2, 100) };
    }

    /// <summary>Who approves it, or why nobody does.</summary>
    public async Task<(Prepared? Refused, Guid? By)> Ask(WriteContext ctx)
    {
        if (Approval is null) return (null, null);
        var (refused, by) = await Approval.Ask(ctx, Permission.ApproveGifts);
        return (refused, by);
    }
}
