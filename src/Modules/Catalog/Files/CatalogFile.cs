using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Platform.Web;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>What a park sells, as one file (票务文件). docs/operations/catalogue-file.md.</summary>
/// <param name="Format">1.</param>
/// <param name="Park">The park's name, for people only.</param>
/// <param name="TicketTypes">Ticket types as the office sends them, with their id; sites by name.</param>
/// <param name="Days">Days with a price or quota of their own.</param>
/// <param name="Quotas">Shared quotas as the office sends them, with their id; ticket types by code.</param>
/// <param name="QuotaDays">Days for which a shared quota was set.</param>
/// <param name="Prices">The rules of the latest price version; ticket types by code.</param>
public sealed record CatalogFile(int Format, string Park, TicketTypeAnswer[] TicketTypes, FileDay[] Days, FileQuota[] Quotas, FileQuotaDay[] QuotaDays, PriceRulesTerms? Prices)
{
    /// <summary>The format that this program writes and reads.</summary>
    public const int FormatNow = 1;
    internal const int BytesMax = 16 * 1024 * 1024, EntryBytesMax = 64 * 1024, PricesBytesMax = 1024 * 1024, DaysMax = 100_000, QuotaDaysMax = 5_000;
    /// <summary>Days that one import changes at most: they are one commit, and no sale may wait a second for it.</summary>
    internal const int DaysChangedMax = 5_000;
    internal const string TypesPart = "ticketTypes", DaysPart = "days", QuotasPart = "quotas", QuotaDaysPart = "quotaDays", PricesPart = "prices";

    /// <summary>A name that is not known is somebody's typing error, and must not be passed over.</summary>
    internal static readonly JsonSerializerOptions Strict = new(Json.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
}

/// <summary>A day of a ticket type in a file; without price, quota and "unlimited" the day goes back to the rule.</summary>
/// <param name="Type">The code of the ticket type, or its id.</param>
/// <param name="PriceFen">Price per person in fen.</param>
/// <param name="Quota">People that day.</param>
public sealed record FileDay(string Type, DateOnly Day, long? PriceFen = null, int? Quota = null, bool Unlimited = false);

/// <summary>A shared quota in a file.</summary>
/// <param name="TypeIds">The codes of the ticket types that draw on it; none = all.</param>
public sealed record FileQuota(Guid Id, string Name, string[] TypeIds, int? Limit, int? WarnPercent, bool Stops, KeepBack[] Keeps, bool Active, SlotPattern? Slots = null);

/// <summary>A day of a shared quota in a file; without limit and "unlimited" the day goes back to the quota's own.</summary>
/// <param name="Quota">The name of the quota, or its id.</param>
/// <param name="Limit">People that day.</param>
/// <param name="Slot">When the time slot of the day begins that it is set for; null = the whole day.</param>
public sealed record FileQuotaDay(string Quota, DateOnly Day, int? Limit = null, bool Unlimited = false, TimeOnly? Slot = null);

/// <summary>What an import changes, or would.</summary>
/// <param name="State">Stands for all of these changes; sent back with the import, it refuses whatever came between.</param>
/// <param name="PastDays">Entries about days that are over; they are left alone.</param>
/// <param name="PricesStayOut">Whether the file has other price rules than the latest version, and no start was given for them.</param>
/// <param name="Changes">The first changes; none once they are made.</param>
/// <param name="ChangesLeftOut">How many more there are.</param>
public sealed record CatalogFileAnswer(string State, FileCount TicketTypes, FileCount Days, FileCount Quotas, FileCount QuotaDays, FileCount Prices, int PastDays, bool PricesStayOut,
    CatalogChange[] Changes, int ChangesLeftOut);

/// <summary>How many entries of one part are new, changed, or as they were.</summary>
public sealed record FileCount(int New, int Changed, int Same);

/// <summary>The parts of the catalogue.</summary>
public enum CatalogPart { TicketType, Day, Quota, QuotaDay, Prices }

/// <summary>One thing of the catalogue that is new or changed.</summary>
/// <param name="Name">What it is called; of a day the type or quota.</param>
/// <param name="Day">The day, where it is about one.</param>
public sealed record CatalogChange(CatalogPart Part, string Name, DateOnly? Day, bool IsNew, FieldChange[] Fields);

/// <summary>A field before and now, in JSON as the file writes it; null = nothing.</summary>
/// <param name="Field">Its place in the entry, as "sale.opensDays".</param>
public sealed record FieldChange(string Field, string? Before, string? Now);
