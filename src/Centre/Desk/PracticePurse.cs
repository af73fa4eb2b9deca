using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Centre.Hosting;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Centre.Desk;

/// <summary>练习钱包: puts money into a purse of the ledger and spends it, until there are cards. In an ordinary store these routes do not exist.</summary>
internal static class PracticePurse
{
    internal sealed record Request(long AmountFen);
    internal sealed record Answer(Guid PurseId, long AmountFen, long BalanceFen);

    private const long AmountFenMax = 10_000_000_000;

    public static void Map(IEndpointRouteBuilder routes, OpenedStore store)
    {
        if (!store.State.Simulation) return;
        routes.MapWrite<Request, Answer>("POST", "/api/simulation/purses/{id:guid}/top-ups", Permission.Sell, (request, ctx) => Prepare(request, ctx, spends: false)).WithName("TopUpPracticePurse");
        routes.MapWrite<Request, Answer>("POST", "/api/simulation/purses/{id:guid}/spends", Permission.Sell, (request, ctx) => Prepare(request, ctx, spends: true)).WithName("SpendFromPracticePurse");
    }

    private static Task<Prepared> Prepare(Request request, WriteContext ctx, bool spends)
    {
        ctx.Fields.Number("amountFen", request.AmountFen, 1, AmountFenMax);
        return Task.FromResult(ctx.Run(new Movement(ctx.Park, ctx.RouteId(), request.AmountFen, spends)));
    }

    private sealed class Movement(int park, Guid id, long fen, bool spends) : IWrite
    {
        // What is in a purse was paid in before, so it cannot fall below nothing.
        private readonly Account _purse = Account.Of(park, $"purse/{id:N}", Unit.Fen, min: 0);

        public bool Alone => false;
        public int Route => id.GetHashCode();

        public void Touch(Touch touch)
        {
            touch.Account(_purse);
            touch.Account(Other(touch.BusinessDay(park)));
        }

        public Outcome Decide(WriteGroup group)
        {
            var other = Other(group.BusinessDay(park));
            var (from, to) = spends ? (_purse, other) : (other, _purse);
            if (!group.Ledger.Allows(from, to, fen)) return Outcome.Refused(PurseRefusal.BalanceShort, 409, new Money(group.Ledger.Balance(_purse)), new Money(fen));
            group.Ledger.Move(from, to, fen, spends ? "spend" : "top-up");
            if (spends) group.Record(nameof(PurseSpent), id, new PurseSpent(id, fen));
            else group.Record(nameof(PurseToppedUp), id, new PurseToppedUp(id, fen));
            return Outcome.Done(new Answer(id, fen, group.Ledger.Balance(_purse)));
        }

        private Account Other(DateOnly day) => Account.Of(park, $"{(spends ? "spending" : "top-ups")}/{BusinessDay.Number(day)}", Unit.Fen);
    }
}

/// <summary>充值: money went into a purse.</summary>
public sealed record PurseToppedUp(Guid PurseId, long AmountFen);

/// <summary>消费: money was spent from a purse.</summary>
public sealed record PurseSpent(Guid PurseId, long AmountFen);

/// <summary>Refusals of a purse.</summary>
public enum PurseRefusal { BalanceShort }
