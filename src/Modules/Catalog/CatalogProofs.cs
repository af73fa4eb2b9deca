using System.Text.Json;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog;

/// <summary>Holds ticket types, their codes and the days set by hand against the facts that made them.</summary>
internal static class CatalogProofs
{
    public static readonly Proof[] All =
    [
        new("I10", "Every ticket type, its code and number, and every day set by hand is in each column what its facts say, and none is missing.", Types),
    ];

    private static async Task<Finding> Types(Snapshot store)
    {
        RowReplay<Guid, TicketTypeTerms> types = new(CatalogTables.Types);
        RowReplay<string, CodeRow> codes = new(CatalogTables.Codes);
        RowReplay<string, NamedDayRow> days = new(CatalogTables.Days);
        await foreach (var record in store.Facts(nameof(TicketTypeSaved), nameof(NamedDaySet)))
        {
            if (record.Kind == nameof(NamedDaySet)) days.Put(new(record.Park, Body<NamedDaySet>(record).Day));
            else
            {
                var type = Body<TicketTypeSaved>(record).Type;
                types.Put(type);
                // A code that a type gave up stays its own, like its number.
                codes.Put(new(type.Park, type.Code, type.Id));
                codes.Put(new(type.Park, $"#{type.Number}", type.Id));
            }
        }
        return await IRowReplay.Compare(store, types, codes, days);
    }

    private static T Body<T>(LogRecord record) => JsonSerializer.Deserialize<T>(record.Body, Json.Options)!;
}
