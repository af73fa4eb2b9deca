using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.External;

/// <summary>A list as the office sends it; the id is in the address.</summary>
/// <param name="Edit">The edit that was on the screen; 0 for a new one.</param>
/// <param name="PriceFen">What the issuer owes for a person who entered.</param>
internal sealed record ExternalListRequest(int Edit, string Name, string Issuer, Guid TypeId, DateOnly From, DateOnly To, long PriceFen, string Note);

/// <summary>A list as the office sees it.</summary>
/// <param name="Codes">Codes that were taken in, the withdrawn ones included.</param>
/// <param name="People">People on them.</param>
/// <param name="UsedPeople">People of whom each entered at least once.</param>
/// <param name="WithdrawnPeople">People on the withdrawn ones.</param>
/// <param name="OwedFen">What the issuer owes by now.</param>
internal sealed record ExternalListAnswer(Guid Id, int Edit, string Name, string Issuer, Guid TypeId, string TypeName, string TypeNameEn, DateOnly From, DateOnly To, long PriceFen, string Note,
    long Codes, long People, long UsedPeople, long WithdrawnPeople, long OwedFen);

/// <summary>Lists of foreign codes, the newest days first.</summary>
internal sealed record ExternalLists(ExternalListAnswer[] Rows, long Total, int Page, int PageCount);

/// <summary>Lists, creates and changes lists of foreign codes (外部票名单).</summary>
internal static class SaveExternalList
{
    private const int ListsMax = 2_000, PageSize = 20;
    private const long PriceFenMax = 100_000_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ExternalLists>("/api/external-lists", Permission.ReadReports, Read).Asks<int>("page").WithName("ReadExternalLists");
        routes.MapWrite<ExternalListRequest, ExternalListAnswer>("PUT", "/api/external-lists/{id:guid}", Permission.SetUpPark, async (request, ctx) =>
        {
            var wanted = Wanted(request, ctx);
            return ctx.Run(new Saving(wanted, ctx.Get<PriceBook>(), (await ExternalCount.Of(ctx.Get<Database>(), wanted.Id))[wanted.Id]));
        }).WithName("SaveExternalList").SeenByTwo();
    }

    private static ExternalList Wanted(ExternalListRequest request, WriteContext ctx)
    {
        var fields = ctx.Fields;
        fields.Check("from", BusinessDay.IsKnown(request.From), "Field.Day");
        fields.Check("to", BusinessDay.IsKnown(request.To), "Field.Day");
        if (fields.Errors is null) fields.Check("to", request.To >= request.From && request.To.DayNumber - request.From.DayNumber < Validity.DaysMax, "Field.BudgetDays", Validity.DaysMax);
        fields.Number("priceFen", request.PriceFen, 0, PriceFenMax);
        return new(ctx.RouteId(), ctx.Park, fields.Text("name", request.Name, 1, 60), fields.Text("issuer", request.Issuer, 1, 60), request.TypeId, request.From, request.To, request.PriceFen,
            fields.Text("note", request.Note, 0, 200), request.Edit, HasCodes: false);
    }

    private static async Task<ExternalLists?> Read(HttpContext http, Principal who)
    {
        var database = http.RequestServices.GetRequiredService<Database>();
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], out var asked) ? asked : 1, 1, ListsMax);
        var total = (await database.Query(r => r.Long(0), "select count(*) from external_list where park = @1", who.Park)).Single();
        var lists = await database.Query(ExternalList.Table.Read, $"{ExternalList.Table.Select} where park = @1 order by to_day desc, from_day desc, name, id limit {PageSize} offset {(page - 1) * PageSize}", who.Park);
        var (prices, counts) = (http.RequestServices.GetRequiredService<PriceBook>(), await ExternalCount.Of(database, [.. lists.Select(l => l.Id)]));
        // A type that another program has just made may not be known here yet.
        if (!lists.All(list => prices.Types(who.Park).ContainsKey(list.Type))) await http.RequestServices.GetRequiredService<FactFeed>().CatchUp();
        var types = prices.Types(who.Park);
        return new([.. lists.Select(list => AnswerOf(list, types[list.Type], counts[list.Id]))], total, page, (int)Math.Max(1, (total + PageSize - 1) / PageSize));
    }

    private static ExternalListAnswer AnswerOf(ExternalList list, TicketTypeTerms type, ExternalCount count) => new(list.Id, list.Edit, list.Name, list.Issuer, list.Type, type.Name, type.NameEn,
        list.From, list.To, list.PriceFen, list.Note, count.Codes, count.People, count.Used, count.Withdrawn, list.PriceFen * count.Used);

    private sealed record Saving(ExternalList Wanted, PriceBook Prices, ExternalCount Count) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.RowsOf(ExternalList.Table, Wanted.Park);
            touch.Row(ExternalList.Table, Wanted.Id);
            Prices.Touch(touch, Wanted.Type, Wanted.From);
        }

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(ExternalList.Table, Wanted.Id);
            if (before is not null && before.Park != Wanted.Park) return Problems.NotFound;
            if ((before?.Edit ?? 0) != Wanted.Edit) return Outcome.Refused(ExternalRefusal.ListEdited, 409);
            if (before is null && group.Rows(ExternalList.Table).Count(l => l.Park == Wanted.Park) >= ListsMax) return Outcome.Refused(ExternalRefusal.TooManyLists, 409, ListsMax);
            var hasCodes = before?.HasCodes == true;
            if (hasCodes && (before!.Type, before.From, before.To) != (Wanted.Type, Wanted.From, Wanted.To)) return Outcome.Refused(ExternalRefusal.ListHasCodes, 409);
            if (Prices.Find(group, Wanted.Park, Wanted.Type, Wanted.From)?.Type is not { } type || !type.IsExternal()) return new Refusal(ExternalRefusal.TypeNotExternal, 409) { Field = "typeId" };
            // A list whose codes are in keeps its days, also when they are over: its name, price and note may still be put right.
            var today = group.BusinessDay(Wanted.Park);
            if (!hasCodes && Wanted.To < today) return new Refusal(ExternalRefusal.ListOver, 409, $"{Wanted.To:yyyy-MM-dd}") { Field = "to" };
            if (!hasCodes && !Wanted.EverAdmits(type, today)) return new Refusal(ExternalRefusal.NeverAdmits, 422) { Field = "to" };
            var list = Wanted with { Edit = Wanted.Edit + 1, HasCodes = hasCodes };
            group.Put(ExternalList.Table, list);
            group.Record(nameof(ExternalListSaved), list.Id, new ExternalListSaved(list));
            return Outcome.Done(AnswerOf(list, type, Count));
        }
    }
}

/// <summary>What became of the codes of a list.</summary>
/// <param name="Used">People of whom each entered at least once.</param>
internal readonly record struct ExternalCount(long Codes, long People, long Used, long Withdrawn)
{
    public static async Task<Dictionary<Guid, ExternalCount>> Of(Database database, params Guid[] lists)
    {
        if (lists.Length == 0) return [];
        var names = string.Join(", ", Enumerable.Range(1, lists.Length).Select(n => $"@{n}"));
        var sums = (await database.Query(r => (List: r.Id(0), State: r.Text(1), Codes: r.Long(2), People: Convert.ToInt64(r.Any(3)), Used: Convert.ToInt64(r.Any(4))),
            $"select order_id, state, count(*), sum(people), sum(used) from ticket where external_code is not null and order_id in ({names}) group by order_id, state",
            [.. lists.Select(l => (object?)ExternalList.OrderOf(l))])).ToLookup(s => s.List);
        return lists.ToDictionary(list => list, list =>
        {
            var own = sums[ExternalList.OrderOf(list)].ToArray();
            return new ExternalCount(own.Sum(s => s.Codes), own.Sum(s => s.People), own.Sum(s => s.Used), own.Where(s => s.State == nameof(TicketState.Voided)).Sum(s => s.People));
        });
    }
}
