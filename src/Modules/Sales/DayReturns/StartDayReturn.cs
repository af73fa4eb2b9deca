using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.DayReturns;

/// <summary>整日退票: begins to take the tickets of a whole day back, stops it, and takes it up again. docs/algorithms/day-return.md.</summary>
internal static class StartDayReturn
{
    private const int TypesMax = 200;

    /// <param name="Types">Of these ticket types only; null = of all.</param>
    /// <param name="Reason">A code of the dictionary; it must have a rate of its own.</param>
    /// <param name="Remark">What is to be known of it later. It stands in clear for ever.</param>
    internal sealed record Request(DateOnly VisitDay, string Reason, string SupervisorLogin, string SupervisorPassword, Guid[]? Types = null, string Remark = "");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, DayReturnAnswer>("POST", "/api/day-returns", Permission.ApproveReturn, Start).WithMetadata(new Refuses(429)).WithName("StartDayReturn");
        Change(routes, "stop", "StopDayReturn", DayReturnState.Running, DayReturnState.Stopped);
        Change(routes, "resume", "ResumeDayReturn", DayReturnState.Stopped, DayReturnState.Running);
    }

    private static async Task<Prepared> Start(Request request, WriteContext ctx)
    {
        var (fields, database) = (ctx.Fields, ctx.Get<Database>());
        var types = request.Types?.Distinct().ToArray();
        fields.Check("visitDay", BusinessDay.IsKnown(request.VisitDay), "Field.Day");
        fields.Check("types", types is null || (types.Length is > 0 and <= TypesMax && types.All(ctx.Get<PriceBook>().Types(ctx.Park).ContainsKey)), "Field.Unknown");
        fields.Check("reason", await ctx.Get<DictionaryBook>().Offers(ctx.Park, DictionaryKind.ReturnReason, request.Reason), "Field.Word");
        var remark = ClearText.Read(fields, "remark", request.Remark, 0, 100);
        var approval = new ApprovalRequest(request.SupervisorLogin, request.SupervisorPassword);
        approval.Check(fields, "supervisorLogin", "supervisorPassword");
        if (fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var word = ctx.Get<DictionaryBook>().Find(ctx.Park, DictionaryKind.ReturnReason, request.Reason)!;
        if (word.BackRate is not { } rate) return ctx.Refuse(SalesRefusal.RateNeeded, 422, word.Name);
        if ((await DayReturnScope.Of(database, ctx.Park, request.VisitDay, types)).Tickets == 0) return ctx.Refuse(SalesRefusal.NothingToReturn, 409, request.VisitDay);
        // The second person is asked for last: nobody is called for what would be refused.
        var (refused, by) = await approval.Ask(ctx, Permission.ApproveReturn);
        return refused ?? ctx.Run(new Starting(ctx.Park, new(ctx.Key, request.VisitDay, types, word.Code, word.Name, rate, remark, ctx.Principal.Id, by)));
    }

    /// <summary>Alone, because it decides by there being no other that runs.</summary>
    private sealed record Starting(int Park, DayReturnBegun Begun) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(DayReturnRow.Table, Begun.Id);
            touch.RowsOf(DayReturnRow.Table, Park);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(DayReturnRow.Table, Begun.Id) is not null) return Outcome.Refused(WriteRefusal.KeyReused, 409);
            if (group.Rows(DayReturnRow.Table).FirstOrDefault(d => d.Park == Park && d.State == DayReturnState.Running) is { } other) return Outcome.Refused(SalesRefusal.DayReturnRuns, 409, other.VisitDay);
            var row = DayReturnRow.Of(Begun, Park, group.Now.Micros());
            group.Put(DayReturnRow.Table, row);
            group.Record(nameof(DayReturnBegun), row.Id, Begun);
            return Outcome.Done(DayReturnAnswer.Of(row));
        }
    }

    private static void Change(IEndpointRouteBuilder routes, string word, string name, DayReturnState from, DayReturnState to) =>
        routes.MapWrite<Nothing, DayReturnAnswer>("POST", $"/api/day-returns/{{id:guid}}/{word}", Permission.ApproveReturn, async (_, ctx) =>
            await DayReturnRow.Find(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is null ? WriteContext.Unknown : ctx.Run(new Changing(ctx.Park, ctx.RouteId(), ctx.Principal.Id, from, to))).WithName(name);

    private sealed record Changing(int Park, Guid Id, Guid Staff, DayReturnState From, DayReturnState To) : IWrite
    {
        public void Touch(Touch touch) => touch.RowsOf(DayReturnRow.Table, Park);

        public Outcome Decide(WriteGroup group)
        {
            var rows = group.Rows(DayReturnRow.Table).Where(d => d.Park == Park).ToArray();
            if (rows.FirstOrDefault(d => d.Id == Id) is not { } row || row.State != From) return Outcome.Refused(SalesRefusal.DayReturnNotRunning, 409);
            if (To == DayReturnState.Running && rows.FirstOrDefault(d => d.State == DayReturnState.Running) is { } other) return Outcome.Refused(SalesRefusal.DayReturnRuns, 409, other.VisitDay);
            group.Put(DayReturnRow.Table, row = row with { State = To });
            if (To == DayReturnState.Stopped) group.Record(nameof(DayReturnStopped), Id, new DayReturnStopped(Id, Staff));
            else group.Record(nameof(DayReturnResumed), Id, new DayReturnResumed(Id, Staff));
            return Outcome.Done(DayReturnAnswer.Of(row));
        }
    }
}
