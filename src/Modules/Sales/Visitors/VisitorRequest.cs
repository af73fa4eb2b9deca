using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>One visitor of a line, as the clerk named them: what the ticket type asks for, and no more.</summary>
/// <param name="HeightCm">As measured.</param>
/// <param name="Proofs">Documents that the clerk has seen.</param>
internal sealed record VisitorRequest(string Name = "", string IdNumber = "", int? HeightCm = null, string[]? Proofs = null);

/// <summary>A visitor who was read and protected before the writer is asked.</summary>
/// <param name="Seen">What a concession is decided by.</param>
/// <param name="Row">As it will be kept, but for the day of sale, the ticket, the documents and what the type does not ask.</param>
internal sealed record NamedVisitor(string NamedAs, Visitor Seen, VisitorRow Row)
{
    /// <summary>The purposes that names and numbers are protected for.</summary>
    public const string NamePurpose = "visitor.name", NumberPurpose = "visitor.idNumber";

    /// <summary>Their place among the visitors of the line, as people count.</summary>
    public int Number => Row.Place + 1;

    /// <summary>The masked number, or a dash.</summary>
    public string Masked => Seen.Number is { } number ? number.Masked : "–";

    public string Field(string part = "") => $"lines[{Row.Line}].visitors[{Row.Place}]{(part.Length == 0 ? "" : $".{part}")}";

    /// <summary>The visitors of all lines. What is wrong is noted by line and visitor.</summary>
    public static NamedVisitor[] Read(SellTickets.Request request, Fields fields, WriteContext ctx)
    {
        var named = new List<NamedVisitor>();
        for (var line = 0; line < request.Lines.Length; line++)
        {
            if (request.Lines[line].Visitors is not { Length: > 0 } visitors) continue;
            var field = $"lines[{line}].visitors";
            // More than there are people on the line is never right, whatever the type asks.
            fields.Number(field, visitors.Length, 0, Math.Min(PersonTerms.VisitorsMax - named.Count, (long)request.Lines[line].Quantity * request.Lines[line].People));
            fields.Whole(field, visitors);
            if (fields.Errors is not null) return [];
            for (var place = 0; place < visitors.Length; place++) named.Add(Read(request, line, place, visitors[place], $"{field}[{place}]", fields, ctx));
        }
        return [.. named];
    }

    private static NamedVisitor Read(SellTickets.Request request, int line, int place, VisitorRequest asked, string field, Fields fields, WriteContext ctx)
    {
        var personal = ctx.Get<PersonalText>();
        var name = fields.Text($"{field}.name", asked.Name, 0, 40);
        var number = default(IdNumber);
        var hasNumber = asked.IdNumber.Trim().Length > 0;
        fields.Check($"{field}.idNumber", !hasNumber || IdNumber.TryParse(asked.IdNumber, out number), "Field.IdNumber");
        if (asked.HeightCm is { } height) fields.Number($"{field}.heightCm", height, 30, PersonTerms.HeightCmMax);
        var proofs = asked.Proofs ?? [];
        fields.Check($"{field}.proofs", proofs.All(p => PersonTerms.Proofs.Contains(p)), "Field.Choice");
        return new(name, new Visitor(hasNumber ? number : null, asked.HeightCm, proofs), new VisitorRow(VisitorRow.IdOf(ctx.Key, line, place), ctx.Park, ctx.Key, line, place, null,
            request.Lines[line].TypeId, BusinessDay.Number(request.VisitDay), 0, personal.Protect(name, NamePurpose), personal.Protect(number.Text, NumberPurpose),
            personal.LookUp(number.Text, NumberPurpose), asked.HeightCm, ""));
    }
}
