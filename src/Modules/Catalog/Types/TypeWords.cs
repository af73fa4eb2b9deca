using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog;

/// <summary>Which codes of the park's dictionary a ticket type may have: those in use, and what it had before. And which agencies a price rule may name.</summary>
internal sealed class TypeWords(DictionaryBook book, int park)
{
    /// <summary>The codes of a request, looked for once more where one is not known: another program may have added it a moment ago.</summary>
    public async Task Know(TicketTypeRequest request)
    {
        await book.Offers(park, DictionaryKind.Tab, request.Tab);
        await book.Offers(park, DictionaryKind.VisitorType, request.VisitorType);
        await book.Offers(park, DictionaryKind.Proof, request.Proof);
        foreach (var partner in PartnersOf(request)) await book.Offers(park, DictionaryKind.Partner, partner.Partner ?? "");
    }

    public void Check(Fields fields, TicketTypeRequest request, TicketTypeTerms? before)
    {
        Check(fields, "tab", DictionaryKind.Tab, request.Tab, before?.Tab);
        Check(fields, "visitorType", DictionaryKind.VisitorType, request.VisitorType, before?.VisitorType);
        Check(fields, "proof", DictionaryKind.Proof, request.Proof, before?.Proof);
        foreach (var (partner, n) in PartnersOf(request).Select((p, n) => (p, n)))
            Check(fields, $"sharing.partners[{n}]", DictionaryKind.Partner, partner.Partner ?? "", before?.Sharing?.Partners.FirstOrDefault(p => p.Partner == partner.Partner)?.Partner);
    }

    /// <summary>The codes of all agencies, also of those out of use: what a rule promised one of them may stay in the next version.</summary>
    /// <param name="named">Agencies that are asked for; where one is not known, another program may have added it a moment ago.</param>
    public async Task<HashSet<string>> Agencies(IEnumerable<string> named)
    {
        if (named.FirstOrDefault(a => book.Find(park, DictionaryKind.Agency, a) is null) is { } unknown) await book.Knows(park, DictionaryKind.Agency, unknown);
        return Agencies();
    }

    /// <summary>The same, as they are known here.</summary>
    public HashSet<string> Agencies() => [.. book.Of(park, DictionaryKind.Agency).Select(a => a.Code)];

    private static IEnumerable<PartnerTerms> PartnersOf(TicketTypeRequest request) => (request.Sharing?.Partners ?? []).Where(p => p is not null).Take(SharingTerms.PartnersMax);

    private void Check(Fields fields, string field, DictionaryKind kind, string code, string? before) =>
        fields.Check(field, code == before || book.Find(park, kind, code) is { Active: true }, "Field.Word");
}
