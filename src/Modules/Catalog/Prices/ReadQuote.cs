using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>What an order would come to, and why.</summary>
/// <param name="PricedAt">The moment of sale; sent with the order, it keeps the price for a quarter of an hour.</param>
/// <param name="Version">The version of the price rules; null where there is none.</param>
/// <param name="TaxFen">The tax inside the total.</param>
/// <param name="VouchersFen">What each voucher takes off, in the order in which they were asked for.</param>
public sealed record QuoteAnswer(DateTimeOffset PricedAt, int? Version, long TotalFen, long TaxFen, int People, QuoteLineAnswer[] Lines, long[] VouchersFen);

/// <param name="OffFen">What free units, sets and vouchers take off the line.</param>
/// <param name="Steps">What made the price, in order; empty where the day's price is all.</param>
public sealed record QuoteLineAnswer(Guid TypeId, int Quantity, int People, long UnitFen, int Units, long OffFen, long TotalFen, long TaxFen, QuoteStepAnswer[] Steps);

/// <summary>One line of the explanation (价格说明).</summary>
/// <param name="Rule">The name of the rule, set or voucher.</param>
/// <param name="Stage">Null for a set and for a voucher.</param>
/// <param name="OfUnit">Whether the amounts are prices of a unit; else of the whole line.</param>
public sealed record QuoteStepAnswer(string Rule, PriceStage? Stage, bool OfUnit, long BeforeFen, long AfterFen, int Units);

/// <summary>Answers what a party would pay, and why (试算): at the counter for the cart, in the office for any day.</summary>
internal static class ReadQuote
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<QuoteAnswer>("/api/quote", Permission.Watch, async (http, who) =>
    {
        var query = http.Request.Query;
        var fields = new Fields(http, http.RequestServices.GetRequiredService<Texts>());
        fields.Check("day", BusinessDay.TryParse(query["day"], out var day), "Field.Day");
        var lines = LinesOf(query["lines"].ToString());
        fields.Check("lines", lines is not null, "Field.Unknown");
        var at = MomentOf(fields, "at", query["at"].ToString());
        fields.Check("at", at is null || at > http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-1), "Field.Choice");
        var shown = MomentOf(fields, "shownAt", query["shownAt"].ToString());
        var agency = fields.Text("agency", query["agency"], 0, 24);
        fields.Check("agency", agency.Length == 0 || await http.RequestServices.GetRequiredService<DictionaryBook>().Knows(who.Park, DictionaryKind.Agency, agency), "Field.Agency");
        var channel = fields.Text("channel", query["channel"], 0, 20);
        var level = fields.Text("level", query["level"], 0, 20);
        var codes = query["vouchers"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        fields.Check("vouchers", codes.Length <= VoucherTerms.InOrderMax, "Field.Vouchers", VoucherTerms.InOrderMax);
        if (fields.Errors is { } errors)
        {
            await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
            return null;
        }
        var buyer = new Buyer(channel.Length > 0 ? channel : Channel.Window, agency.Length > 0 ? agency : null, level.Length > 0 ? level : null);
        // What a voucher takes off is told; whether it may be used is said when it is looked at, and decided when it is sold.
        var (refused, vouchers) = await VoucherDraw.Find(http.RequestServices.GetRequiredService<Database>(), who.Park, codes);
        var quote = refused is null ? await http.RequestServices.GetRequiredService<PriceBook>().Quote(who.Park, new(day, shown, buyer, lines!, vouchers.Asked), at) : null;
        if (refused is null && quote is null) return null;
        if ((refused ?? quote!.Value.Price.Refusal) is not { } refusal) return AnswerOf(quote!.Value.Price, quote.Value.Terms, vouchers, Texts.WantsEnglish(http));
        await http.Refuse(refusal);
        return null;
    }).Asks<DateOnly>("day", required: true).Asks<string>("lines", required: true).Asks<string>("channel").Asks<string>("agency").Asks<string>("level")
        .Asks<DateTimeOffset>("at").Asks<DateTimeOffset>("shownAt").Asks<string>("vouchers").WithMetadata(new Refuses(422));

    private static QuoteAnswer AnswerOf(SalePrice price, PriceRulesTerms? terms, VoucherDraw vouchers, bool english) => new(price.At, price.Basis?.Version, price.Order.TotalFen, price.Order.TaxFen, price.Order.People,
        [.. price.Order.Lines.Select((line, at) => new QuoteLineAnswer(line.Product, line.Quantity, line.People, line.UnitFen, line.Units, line.OffFen, line.TotalFen, line.TaxFen,
            [.. price.Order.Steps.Where(step => step.Line == at).Select(step => (Step: step, Name: vouchers.NameOf(step.Rule, english) ?? terms?.NameOf(step.Rule))).Where(named => terms is not null || named.Name is not null)
                .Select(named => new QuoteStepAnswer(named.Name ?? "", named.Step.Stage, named.Step.IsOfUnit, named.Step.BeforeFen, named.Step.AfterFen, named.Step.Units))]))],
        price.Order.VouchersFen ?? []);

    /// <summary>Lines as type:quantity:people or, for a time slot, type:quantity:people:HHmm, with commas between; null when one cannot be read.</summary>
    private static AskedLine[]? LinesOf(string text)
    {
        var parts = text.Split(',');
        if (parts.Length > OrderLimits.LinesMax) return null;
        var lines = new AskedLine[parts.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var words = parts[i].Split(':');
            TimeOnly? slot = words.Length == 4 && TimeOnly.TryParseExact(words[3], "HHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begins) ? begins : null;
            if (words.Length is not (3 or 4) || (words.Length == 4 && slot is null) || !Guid.TryParse(words[0], out var type) || NumberOf(words[1]) is not { } quantity || NumberOf(words[2]) is not { } people) return null;
            lines[i] = new(type, quantity, people, slot);
        }
        return lines;
    }

    private static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? MomentOf(Fields fields, string field, string text)
    {
        if (text.Length == 0) return null;
        fields.Check(field, DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is > 2000 and < 2200, "Field.Choice");
        return moment.ToUniversalTime();
    }
}
