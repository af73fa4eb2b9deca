using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.External;

/// <summary>导入外部票: takes a piece of a list's codes in, each of which is a ticket from then on; or none of them, and says of each line what is wrong with it.</summary>
internal static class TakeCodes
{
    /// <param name="Number">Which line of the file it is, so that a refusal names lines as the file has them.</param>
    /// <param name="People">How many it admits.</param>
    internal sealed record Line(int Number, string Code, int People = 1);

    internal sealed record Request(Line[] Lines);

    /// <param name="TakenIn">Codes that are tickets now.</param>
    /// <param name="KnownBefore">Lines whose code this list had already, or that stand twice in the piece.</param>
    internal sealed record Answer(int TakenIn, int KnownBefore);

    private const int LinesMax = 1_000, LineNumberMax = 10_000_000, BytesMax = 256 * 1024, TroublesMax = 20;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<Request, Answer>("POST", "/api/external-lists/{id:guid}/codes", Permission.SetUpPark, Prepare).WithMetadata(new LargeBody(BytesMax)).WithName("TakeExternalCodes").SeenByTwo();

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        ctx.Fields.Whole("lines", request.Lines);
        if (ctx.Fields.Errors is { } broken) return WriteContext.Wrong(broken);
        ctx.Fields.Number("lines", request.Lines.Length, 1, LinesMax);
        foreach (var line in request.Lines) ctx.Fields.Number("lines.number", line.Number, 1, LineNumberMax);
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        if (await ExternalList.Of(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is not { } list) return WriteContext.Unknown;
        var troubles = new LineTroubles(ctx);
        var (keeper, read) = (ctx.Get<Gatekeeper>(), new List<ForeignCode>());
        foreach (var line in request.Lines)
        {
            if (!ExternalCode.TryRead(line.Code, out var code)) troubles.Say(line.Number, "External.CodeUnread", ExternalCode.LengthMin, ExternalCode.LengthMax);
            // Whoever knows the number of an identity card or a phone could enter by it.
            else if (IdNumber.TryParse(code, out _) || PhoneNumber.TryParse(code, out _)) troubles.Say(line.Number, "External.CodeIsIdNumber");
            else read.Add(new(line.Number, code, line.People, keeper.CodeOf(ctx.Park, code)));
        }
        return troubles.Any() ? new(null, new Refusal(ExternalRefusal.CodesWrong, 400), troubles.Said) : ctx.Run(new Taking(ctx.Park, list, read, ctx.Get<PriceBook>(), keeper, troubles));
    }

    /// <param name="Line">Where it stands in the file.</param>
    private sealed record ForeignCode(int Line, string Text, int People, TicketCode Own);

    /// <summary>What is wrong, by line; not more lines than a person reads at once.</summary>
    private sealed class LineTroubles(WriteContext ctx)
    {
        public Dictionary<string, string[]> Said { get; } = [];

        public bool Any() => Said.Count > 0;

        public void Say(int line, string key, params object[] args)
        {
            if (Said.Count < TroublesMax) Said[line.ToString(CultureInfo.InvariantCulture)] = [ctx.Get<Texts>().Get(key, Texts.WantsEnglish(ctx.Http), args)];
        }
    }

    private sealed class Taking(int park, ExternalList named, List<ForeignCode> codes, PriceBook prices, Gatekeeper keeper, LineTroubles troubles) : IWrite
    {
        // The first piece marks its list, which other lanes keep in mind; lists that have codes keep having them.
        public bool Alone => !named.HasCodes;

        public void Touch(Touch touch)
        {
            touch.Row(ExternalList.Table, named.Id);
            prices.Touch(touch, named.Type, named.From);
            foreach (var code in codes) keeper.TouchTicket(touch, code.Own.Short);
        }

        public Outcome Decide(WriteGroup group)
        {
            var list = group.Find(ExternalList.Table, named.Id)!;
            // What is named below is of the list as it was; with codes it stays so.
            if ((list.Type, list.From, list.To) != (named.Type, named.From, named.To)) return Outcome.Refused(ExternalRefusal.ListEdited, 409);
            if (list.To < group.BusinessDay(park)) return Outcome.Refused(ExternalRefusal.ListOver, 409, $"{list.To:yyyy-MM-dd}");
            if (prices.Find(group, park, list.Type, list.From)?.Type is not { } type || !type.IsExternal()) return Outcome.Refused(ExternalRefusal.TypeNotExternal, 409);
            if (!list.EverAdmits(type, group.BusinessDay(park))) return Outcome.Refused(ExternalRefusal.NeverAdmits, 422);
            // A write may be decided twice, and another writer's rows may have come in between.
            troubles.Said.Clear();
            var (terms, order) = (list.TermsOf(type), ExternalList.OrderOf(list.Id));
            var (drafts, seen, known) = (new List<TicketDraft>(), new HashSet<TicketCode>(), 0);
            foreach (var code in codes)
            {
                if (code.People < type.MinPeople || code.People > type.MaxPeople) troubles.Say(code.Line, "External.CodePeople", type.MinPeople, type.MaxPeople);
                else if (keeper.Find(group, park, code.Own.Short) is { } there)
                {
                    if (there.OrderId != order) troubles.Say(code.Line, "External.CodeOfAnother");
                    else if (there.People != code.People) troubles.Say(code.Line, "External.CodeOtherPeople", there.People);
                    else known++;
                }
                else if (!seen.Add(code.Own)) known++;
                else
                    drafts.Add(new(IdOf(list.Id, code.Own), code.Own, 0, type.Id, type.Number, type.Name, type.NameEn, type.VisitorType, type.Proof, type.Attention, code.People,
                        list.From, type.FromTime, type.ToTime, type.SiteIds, terms, ExternalCode: code.Text));
            }
            if (troubles.Any()) return new Refusal(ExternalRefusal.CodesWrong, 400) { Errors = troubles.Said };
            if (drafts.Count > 0) keeper.Issue(group, park, order, drafts);
            if (drafts.Count > 0 && !list.HasCodes)
            {
                group.Put(ExternalList.Table, list with { HasCodes = true });
                group.Record(nameof(ExternalListSaved), list.Id, new ExternalListSaved(list with { HasCodes = true }));
            }
            return Outcome.Done(new Answer(drafts.Count, known));
        }

        /// <summary>The ticket's id follows from list and code, so that a write that is decided twice makes the same ticket.</summary>
        private static Guid IdOf(Guid list, TicketCode code)
        {
            Span<byte> bytes = stackalloc byte[16 + TicketCode.Bytes];
            list.TryWriteBytes(bytes, bigEndian: true, out _);
            code.CopyTo(bytes[16..]);
            return new(SHA256.HashData(bytes).AsSpan(0, 16), bigEndian: true);
        }
    }
}
