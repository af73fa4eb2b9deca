using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Catalog;

/// <summary>Lists, creates and changes ticket types (票种). Sold tickets keep the terms they were sold with.</summary>
internal static class SaveTicketType
{
    internal const int TypesMax = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<TicketTypeAnswer[]>("/api/ticket-types", Permission.Watch, (http, who) => Task.FromResult<TicketTypeAnswer[]?>(
            [.. http.RequestServices.GetRequiredService<PriceBook>().Types(who.Park).Values.OrderBy(t => t.Number).Select(TicketTypeAnswer.Of)])).WithName("ReadTicketTypes");
        routes.MapWrite<TicketTypeRequest, TicketTypeAnswer>("PUT", "/api/ticket-types/{id:guid}", Permission.SetUpPark, (request, ctx) =>
            Prepare(request, ctx)).SeenByTwo();
    }

    private static async Task<Prepared> Prepare(TicketTypeRequest request, WriteContext ctx)
    {
        var words = new TypeWords(ctx.Get<DictionaryBook>(), ctx.Park);
        await words.Know(request);
        var types = ctx.Get<PriceBook>().Types(ctx.Park);
        var terms = TicketTypeForm.Read(request, ctx.Fields, ctx.Get<ParkDirectory>().Of(ctx.Park), ctx.RouteId(), words, types.GetValueOrDefault(ctx.RouteId()));
        if (types.Count >= TypesMax && !types.ContainsKey(terms.Id)) return ctx.Refuse(CatalogRefusal.TooManyTypes, 409, TypesMax);
        return ctx.Run(new Write(terms, FreeNumbers(types), ctx.Get<PriceBook>()));
    }

    /// <summary>Numbers that were free a moment ago. More than one, because others may be creating types at the same time.</summary>
    /// <param name="skip">Numbers that others of the same request take.</param>
    public static int[] FreeNumbers(IReadOnlyDictionary<Guid, TicketTypeTerms> types, int skip = 0) =>
        [.. Enumerable.Range(types.Values.Select(t => t.Number).DefaultIfEmpty(0).Max() + 1 + skip, 16).Where(n => n <= ushort.MaxValue)];

    /// <summary>
    /// The number goes into signed tickets, so it is reserved like a code and never given twice: under "#" and the number,
    /// which no code can be.
    /// </summary>
    internal sealed record Write(TicketTypeTerms Wanted, int[] FreeNumbers, PriceBook Book) : IWrite
    {
        private readonly TakenNumber<TicketTypeTerms> _slot = new(CatalogTables.Types, Wanted.Park, Wanted,
            t => t is { Active: true, KeySlot: { } slot } ? $"keySlot/{t.Park}/{slot}" : null, () => Book.Types(Wanted.Park).Values);

        public void Touch(Touch touch)
        {
            _slot.Touch(touch);
            touch.Row(CatalogTables.Types, Wanted.Id);
            PriceBook.TouchPrices(touch, Wanted.Park);
            touch.Row(CatalogTables.Codes, CodeRow.IdOf(Wanted.Park, Wanted.Code));
            foreach (var number in FreeNumbers) touch.Row(CatalogTables.Codes, CodeRow.IdOf(Wanted.Park, $"#{number}"));
        }

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(CatalogTables.Types, Wanted.Id);
            if (before is not null && before.Park != Wanted.Park) return Problems.NotFound;
            if (PriceVersions.At(group, Wanted.Park, group.Now) is not null && (Wanted.WeekdayFen, Wanted.HolidayFen) != (before?.WeekdayFen ?? 0, before?.HolidayFen ?? 0))
                return Outcome.Refused(CatalogRefusal.PricesAreRules, 409);
            if (group.Find(CatalogTables.Codes, CodeRow.IdOf(Wanted.Park, Wanted.Code)) is { } taken && taken.Type != Wanted.Id)
                return Outcome.Refused(CatalogRefusal.CodeTaken, 409, Wanted.Code);
            var number = before?.Number ?? FreeNumbers.FirstOrDefault(n => group.Find(CatalogTables.Codes, CodeRow.IdOf(Wanted.Park, $"#{n}")) is null);
            if (number == 0) return Outcome.Refused(CatalogRefusal.TooManyTypes, 409, ushort.MaxValue);
            if (_slot.Take(group) is { } other) return Outcome.Refused(CatalogRefusal.KeySlotTaken, 409, Wanted.KeySlot!, other.Name);
            var type = Wanted with { Number = number };
            group.Put(CatalogTables.Types, type);
            group.Put(CatalogTables.Codes, new CodeRow(type.Park, type.Code, type.Id));
            if (before is null) group.Put(CatalogTables.Codes, new CodeRow(type.Park, $"#{number}", type.Id));
            group.Record(nameof(TicketTypeSaved), type.Id, new TicketTypeSaved(type));
            return Outcome.Done(TicketTypeAnswer.Of(type));
        }
    }
}
