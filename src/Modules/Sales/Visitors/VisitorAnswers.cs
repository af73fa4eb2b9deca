using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>A visitor who is named on a ticket, masked.</summary>
/// <remarks>In a kept answer protected, and nothing of it in clear.</remarks>
internal sealed record VisitorAnswer(string Name, string IdNumber)
{
    public static VisitorAnswer Of(VisitorRow row) => new(Convert.ToBase64String(row.Name), Convert.ToBase64String(row.IdNumber));

    public VisitorAnswer Shown(PersonalText personal) =>
        new(personal.MaskedName(Name, NamedVisitor.NamePurpose), personal.MaskedNumber(IdNumber, NamedVisitor.NumberPurpose));
}

/// <summary>Puts visitors into the answer about their order.</summary>
internal static class VisitorAnswers
{
    public static OrderAnswer Naming(this OrderAnswer order, IReadOnlyCollection<VisitorRow> visitors)
    {
        if (visitors.Count == 0) return order;
        var of = visitors.Where(v => v.Ticket is not null).ToLookup(v => v.Ticket!.Value);
        return order with { Tickets = [.. order.Tickets.Select(t => of.Contains(t.Id) ? t with { Visitors = [.. of[t.Id].Select(VisitorAnswer.Of)] } : t)] };
    }
}
