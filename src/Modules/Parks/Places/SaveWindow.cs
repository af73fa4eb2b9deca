using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>What a window prints on, and whether it prints without being asked.</summary>
public sealed record PrinterChoice(PrinterKind Kind, bool AutoPrint);

/// <summary>A window as the office sends it; the id is in the address.</summary>
public sealed record WindowRequest(Guid SiteId, int Number, string Name, F3Action F3Action, PrinterChoice Printer, bool Active, string NameEn = "");

/// <summary>A window.</summary>
public sealed record WindowAnswer(Guid Id, Guid SiteId, int Number, string Name, F3Action F3Action, PrinterChoice Printer, bool Active, string NameEn)
{
    internal static WindowAnswer Of(WindowTerms w) => new(w.Id, w.SiteId, w.Number, w.Name, w.F3Action, new(w.PrinterKind, w.AutoPrint), w.Active, w.NameEn);
}

/// <summary>Lists, creates and changes windows (售票窗口).</summary>
internal static class SaveWindow
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<WindowAnswer[]>("/api/windows", Permission.Watch, (http, who) => Task.FromResult<WindowAnswer[]?>(
            [.. http.RequestServices.GetRequiredService<ParkDirectory>().Of(who.Park).Windows.Values.OrderBy(w => w.Number).Select(WindowAnswer.Of)])).WithName("ReadWindows");
        routes.MapWrite<WindowRequest, WindowAnswer>("PUT", "/api/windows/{id:guid}", Permission.SetUpPark, (window, ctx) =>
        {
            var parks = ctx.Get<ParkDirectory>();
            var park = parks.Of(ctx.Park);
            ctx.Fields.Check("siteId", park.Sites.ContainsKey(window.SiteId), "Field.Unknown");
            var terms = new WindowTerms(ctx.RouteId(), window.SiteId, (int)ctx.Fields.Number("number", window.Number, 1, 999),
                ctx.Fields.Text("name", window.Name, 1, 40), window.F3Action, window.Printer.Kind, window.Printer.AutoPrint, window.Active,
                ctx.Fields.Text("nameEn", window.NameEn, 0, 80));
            return Task.FromResult(park.Windows.IsFull(terms.Id)
                ? ctx.Refuse(ParksRefusal.ListFull, 409, SavePlace.RowsMax)
                : ctx.Run(SavePlace.Of(ctx.Park, terms, parks)));
        });
    }
}
