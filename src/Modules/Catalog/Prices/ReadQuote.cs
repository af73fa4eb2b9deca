using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>What an order would come to, and why.</summary>
/// <param name="PricedAt">The moment of sale; sent with the order, it keeps the price for a quarter of an hour.</param>
/// <param name="Version">The version of the price rules; null where there is none.</param>
/// <param name="TaxFen">The tax inside the total.</param>
public sealed record QuoteAnswer(DateTimeOffset PricedAt, int? Version, long TotalFen, long TaxFen, int People, QuoteLineAnswer[] Lines);

/// <param name="OffFen">What free units and sets take off the line.</param>
/// <param name="Steps">What made the price, in order; empty where the day's price is all.</param>
public sealed record QuoteLineAnswer(Guid TypeId, int Quantity, int People, long UnitFen, int Units, long OffFen, long TotalFen, long TaxFen, QuoteStepAnswer[] Steps);

/// <summary>One line of the explanation (价格说明).</summary>
/// <param name="Rule">The name of the rule or set.</param>
/// <param name="Stage">Null for a set.</param>
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
        if (fields.Errors is { } errors)
        {
            await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
            return null;
        }
        var buyer = new Buyer(channel.Length > 0 ? channel : Channel.Window, agency.Length > 0 ? agency : null, level.Length > 0 ? level : null);
        if (await http.RequestServices.GetRequiredService<PriceBook>().Quote(who.Park, new(day, shown, buyer, lines!), at) is not { } quote) return null;
        if (quote.Price.Refusal is not { } refusal) return AnswerOf(quote.Price, quote.Terms);
        await http.Refuse(refusal);
        return null;
    }).Asks<DateOnly>("day", required: true).Asks<string>("lines", required: true).Asks<string>("channel").Asks<string>("agency").Asks<string>("level")
        .Asks<DateTimeOffset>("at").Asks<DateTimeOffset>("shownAt").WithMetadata(new Refuses(422));

    private static QuoteAnswer AnswerOf(SalePrice price, PriceRulesTerms? terms) => new(price.At, price.Basis?.Version, price.Order.TotalFen, price.Order.TaxFen, price.Order.People,
        [.. price.Order.Lines.Select((line, at) => new QuoteLineAnswer(line.Product, line.Quantity, line.People, line.UnitFen, line.Units, line.OffFen, line.TotalFen, line.TaxFen,
            terms is null ? [] : [.. price.Order.Steps.Where(step => step.Line == at).Select(step =>
                new QuoteStepAnswer(terms.NameOf(step.Rule) ?? "", step.Stage, step.IsOfUnit, step.BeforeFen, step.AfterFen, step.Units))]))]);

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
