using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>What is on offer on a day (价目表), as the counter shows it.</summary>
/// <param name="Version">Changes with every price and term of the day, not with the places left.</param>
/// <param name="OnSale">False when the day is over, its business day is closed, or it is further ahead than the park sells.</param>
/// <param name="ByRules">Whether the park has price rules: what several tickets cost together is then asked for and not multiplied.</param>
/// <param name="Types">The types that have a price that day.</param>
/// <param name="Words">What the park calls their codes.</param>
public sealed record PriceSheet(string Version, DateOnly Day, DayKind DayKind, string? HolidayName, bool OnSale, bool ByRules, SheetType[] Types, SheetWords Words)
{
    /// <summary>The first 16 hex digits of SHA-256 over the day and its rows, without the places left.</summary>
    internal static string VersionOf(DateOnly day, IEnumerable<SheetType> types) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { day, types = types.Select(t => t with { Left = null, Slots = null, AdmitsFrom = null }) }, Json.Options))).AsSpan(0, 8));
}

/// <summary>One type of a price sheet.</summary>
/// <param name="Tab">A code of the dictionary, as visitor type and proof are.</param>
/// <param name="UnitFen">Price of a unit in fen, at a window, now and for one.</param>
/// <param name="PerTicket">Whether a unit is a ticket, however many people are on it; else it is a person.</param>
/// <param name="Person">What is asked of its visitors; null = nothing.</param>
/// <param name="Complimentary">Whether it is given from a budget and not sold (赠票).</param>
/// <param name="AdmitsFrom">The first day on which it lets anybody in, where that is another than the day of the sheet.</param>
/// <param name="Left">People that may still come; null = unlimited.</param>
/// <param name="Slots">The time slots that are not over yet, of a type that is sold by slots; else null.</param>
public sealed record SheetType(Guid Id, string Code, string Name, string NameEn, string Tab, string VisitorType, int? KeySlot, string Proof,
    int? HeightLimitCm, int MinPeople, int MaxPeople, TimeOnly FromTime, TimeOnly ToTime, string Attention, long UnitFen, bool PerTicket, long? Left,
    SheetSlot[]? Slots = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PersonTerms? Person = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Complimentary = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] DateOnly? AdmitsFrom = null);

/// <summary>A time slot of a type on a price sheet.</summary>
/// <param name="UnitFen">Price of a unit in fen, as of the type, for who comes in this slot.</param>
/// <param name="Left">People that may still come in it; null = unlimited.</param>
public sealed record SheetSlot(TimeOnly At, TimeOnly Until, long UnitFen, long? Left);
