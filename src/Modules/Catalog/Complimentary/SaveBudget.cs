using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Complimentary;

/// <summary>A budget as the office sends it; the id is in the address.</summary>
/// <param name="Edit">The edit that was on the screen; 0 for a new one.</param>
/// <param name="People">People in all; not fewer than it has given.</param>
/// <param name="LeftToClerk">People to whom one clerk gives alone on one day; 0 = none.</param>
internal sealed record ComplimentaryBudgetRequest(int Edit, string Name, string NameEn, DateOnly From, DateOnly To, int People, int LeftToClerk, bool Active);

/// <summary>A budget as the office and the counter see it.</summary>
/// <param name="Given">People it has given tickets to, and tickets that wait for payment included; those that went back not counted.</param>
internal sealed record ComplimentaryBudgetAnswer(Guid Id, int Edit, string Name, string NameEn, DateOnly From, DateOnly To, int People, int LeftToClerk, bool Active, long Given)
{
    internal static ComplimentaryBudgetAnswer Of(ComplimentaryBudget b, long given) => new(b.Id, b.Edit, b.Name, b.NameEn, b.From, b.To, b.People, b.LeftToClerk, b.Active, given);
}

/// <summary>Lists, creates and changes budgets of complimentary tickets (赠票额度).</summary>
internal static class SaveBudget
{
    private const int BudgetsMax = 200, DaysMax = 366, PeopleMax = 1_000_000, LeftToClerkMax = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ComplimentaryBudgetAnswer[]>("/api/complimentary-budgets", Permission.Watch, async (http, who) =>
        {
            var database = http.RequestServices.GetRequiredService<Database>();
            var budgets = await database.Query(ComplimentaryBudget.Table.Read, ComplimentaryBudget.Table.Select + " where park = @1 order by to_day desc, from_day desc, name, id", who.Park);
            var given = await Balances.Read(database, [.. budgets.Select(b => ComplimentaryBudget.Given(b.Park, b.Id))]);
            return [.. budgets.Select(b => ComplimentaryBudgetAnswer.Of(b, given.GetValueOrDefault(ComplimentaryBudget.Given(b.Park, b.Id).Code)))];
        }).WithName("ReadComplimentaryBudgets");
        routes.MapWrite<ComplimentaryBudgetRequest, ComplimentaryBudgetAnswer>("PUT", "/api/complimentary-budgets/{id:guid}", Permission.SetUpPark, (request, ctx) =>
            Task.FromResult(ctx.Run(new Saving(Read(request, ctx.Fields, ctx.Park, ctx.RouteId()))))).WithName("SaveComplimentaryBudget").SeenByTwo();
    }

    private static ComplimentaryBudget Read(ComplimentaryBudgetRequest request, Fields fields, int park, Guid id)
    {
        fields.Check("from", BusinessDay.IsKnown(request.From), "Field.Day");
        fields.Check("to", BusinessDay.IsKnown(request.To), "Field.Day");
        if (fields.Errors is null) fields.Check("to", request.To >= request.From && request.To.DayNumber - request.From.DayNumber < DaysMax, "Field.BudgetDays", DaysMax);
        fields.Number("people", request.People, 0, PeopleMax);
        fields.Number("leftToClerk", request.LeftToClerk, 0, LeftToClerkMax);
        return new(id, park, fields.Text("name", request.Name, 1, 40), fields.Text("nameEn", request.NameEn, 0, 80), request.From, request.To, request.People, request.LeftToClerk, request.Active, request.Edit);
    }

    private sealed record Saving(ComplimentaryBudget Wanted) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.RowsOf(ComplimentaryBudget.Table, Wanted.Park);
            touch.Row(ComplimentaryBudget.Table, Wanted.Id);
            touch.Account(ComplimentaryBudget.Given(Wanted.Park, Wanted.Id));
        }

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(ComplimentaryBudget.Table, Wanted.Id);
            if (before is not null && before.Park != Wanted.Park) return Problems.NotFound;
            if ((before?.Edit ?? 0) != Wanted.Edit) return Outcome.Refused(ComplimentaryRefusal.BudgetEdited, 409);
            var today = group.BusinessDay(Wanted.Park);
            if (Counts(Wanted, today) && group.Rows(ComplimentaryBudget.Table).Count(b => b.Park == Wanted.Park && b.Id != Wanted.Id && Counts(b, today)) >= BudgetsMax)
                return Outcome.Refused(ComplimentaryRefusal.TooManyBudgets, 409, BudgetsMax);
            var given = group.Ledger.Taken(ComplimentaryBudget.Given(Wanted.Park, Wanted.Id));
            if (Wanted.People < given) return Outcome.Refused(ComplimentaryRefusal.BelowGiven, 409, given);
            var budget = Wanted with { Edit = Wanted.Edit + 1 };
            group.Put(ComplimentaryBudget.Table, budget);
            group.Record(nameof(ComplimentaryBudgetSaved), budget.Id, new ComplimentaryBudgetSaved(budget));
            return Outcome.Done(ComplimentaryBudgetAnswer.Of(budget, given));
        }

        /// <summary>Whether it may give still: what is over or out of use does not count against the limit.</summary>
        private static bool Counts(ComplimentaryBudget budget, DateOnly today) => budget.Active && budget.To >= today;
    }
}
