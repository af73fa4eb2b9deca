using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>
/// Reads the entries of a file by the office's own forms, and compares them with what there is. What depends on rows that others may change
/// is decided later, by the writes that the plan holds.
/// </summary>
/// <param name="key">The request's: the ids of what the file creates come from it.</param>
internal sealed partial class FileForm(FileReader reader, FileFaults faults, CatalogNow now, PriceBook book, Quotas.QuotaBook quotaBook, Func<Fields> newFields, Guid key)
{
    private readonly FilePlan _plan = new();
    private readonly CatalogNames _names = now.Names;
    private readonly Dictionary<Guid, TicketTypeTerms> _types = now.Types.ToDictionary();
    private readonly Dictionary<string, Guid> _codes = now.Types.Values.ToDictionary(t => t.Code, t => t.Id, StringComparer.OrdinalIgnoreCase);

    /// <param name="pricesFrom">From when on the file's price rules hold; null = they stay out.</param>
    /// <returns>Null where an entry is wrong, which is noted.</returns>
    public FilePlan? Read(FileParts parts, DateTimeOffset? pricesFrom)
    {
        ReadTypes(parts.Types);
        ReadDays(parts.Days);
        ReadQuotas(parts.Quotas);
        ReadQuotaDays(parts.QuotaDays);
        if (parts.Prices is { } prices) ReadPrices(prices, pricesFrom);
        if (faults.Count == 0 && _plan.DaysChanged > CatalogFile.DaysChangedMax)
            faults.Add(CatalogFile.DaysPart, parts.Days is [var first, ..] ? first.Line : 1, "CatalogFile.TooManyDays", CatalogFile.DaysChangedMax, _plan.DaysChanged);
        return faults.Count == 0 ? _plan : null;
    }

    private void ReadTypes(FileEntry[] entries)
    {
        var (seen, releasing, taking, created) = (new Dictionary<Guid, int>(), new List<FileStep>(), new List<FileStep>(), 0);
        for (var n = 0; n < entries.Length; n++)
        {
            var (entry, place, before) = (entries[n], $"{CatalogFile.TypesPart}[{n}]", faults.Count);
            if (reader.Object(entry, place) is not { } whole || IdIn(whole, entry, place) is not { } named) continue;
            var known = now.Types.GetValueOrDefault(named) ?? now.Types.GetValueOrDefault(_codes.GetValueOrDefault(TextOf(whole["code"])));
            var id = known?.Id ?? NewId(place);
            if (!seen.TryAdd(id, entry.Line)) { faults.Add(place, entry.Line, "CatalogFile.Twice", seen[id]); continue; }
            ToIds(whole, entry, place);
            if (faults.Count > before || reader.Read<TicketTypeRequest>(whole, entry, place) is not { } request) continue;
            var fields = newFields();
            var wanted = TicketTypeForm.Read(request, fields, now.Park, id, now.Words, known) with { Number = known?.Number ?? 0 };
            Take(fields, entry, place);
            if (known is not null && known.Code != wanted.Code && _codes.GetValueOrDefault(known.Code) == id) _codes.Remove(known.Code);
            if (!_codes.TryAdd(wanted.Code, id) && _codes[wanted.Code] != id && seen.TryGetValue(_codes[wanted.Code], out var line)) faults.Add($"{place}.code", entry.Line, "CatalogFile.Twice", line);
            _types[id] = wanted;
            if (known is not null && Same(known, wanted)) { _plan.Same(CatalogPart.TicketType); continue; }
            _plan.Change(CatalogPart.TicketType, wanted.Name, null, known is null ? null : _names.Of(known), Shown(wanted));
            var write = new SaveTicketType.Write(wanted, SaveTicketType.FreeNumbers(now.Types, known is null ? created++ : 0), book);
            // Who gives up a key of the counter goes first, so that another may have it.
            (KeyOf(known) is { } slot && KeyOf(wanted) != slot ? releasing : taking)
                .Add(new(write, place, entry.Line, group => Same(group.Find(CatalogTables.Types, id), known)));
        }
        if (_types.Count > SaveTicketType.TypesMax)
            faults.Add(CatalogFile.TypesPart, entries is [var first, ..] ? first.Line : 1, new Platform.WritePath.Refusal(CatalogRefusal.TooManyTypes, 409, SaveTicketType.TypesMax));
        _plan.Types.AddRange([.. releasing, .. taking]);
    }

    private static int? KeyOf(TicketTypeTerms? type) => type is { Active: true } ? type.KeySlot : null;

    private void ReadDays(FileEntry[] entries)
    {
        var (seen, fields) = (new Dictionary<(Guid, DateOnly), int>(entries.Length), newFields());
        for (var n = 0; n < entries.Length; n++)
        {
            var entry = entries[n];
            if (reader.Read<FileDay>(entry, $"{CatalogFile.DaysPart}[{n}]") is not { } day) continue;
            if (TypeOf(day.Type) is not { } type)
            {
                faults.Add($"{CatalogFile.DaysPart}[{n}].type", entry.Line, "CatalogFile.NoType", day.Type);
                continue;
            }
            if (!seen.TryAdd((type, day.Day), entry.Line)) faults.Add($"{CatalogFile.DaysPart}[{n}]", entry.Line, "CatalogFile.Twice", seen[(type, day.Day)]);
            if (!BusinessDay.IsKnown(day.Day)) faults.Add($"{CatalogFile.DaysPart}[{n}].day", entry.Line, "CatalogFile.Value");
            SetTypeDay.Check(fields, new(day.PriceFen, day.Quota, day.Unlimited));
            if (fields.Errors is not null)
            {
                Take(fields, entry, $"{CatalogFile.DaysPart}[{n}]");
                fields = newFields();
            }
            if (day.Day < now.Today) { _plan.PastDays++; continue; }
            var (wanted, known) = (new NamedDay(type, day.Day, day.PriceFen, day.Quota, day.Unlimited), now.Days.GetValueOrDefault((type, day.Day)));
            if (known is null ? !CatalogNow.IsSet(wanted) : known == wanted) { _plan.Same(CatalogPart.Day); continue; }
            _plan.ChangeDay(CatalogPart.Day, _types[type].Code, day.Day, known is null || !CatalogNow.IsSet(known) ? null : Setting(known), Setting(wanted));
            _plan.Days.Add(new(wanted, known, n, entry.Line));
        }
    }

    private static TypeDayRequest Setting(NamedDay day) => new(day.PriceFen, day.Quota, day.Unlimited);

    /// <summary>The type of a code or id, those of the file included.</summary>
    private Guid? TypeOf(string text) => _codes.TryGetValue(text.Trim(), out var id) || (Guid.TryParse(text, out id) && _types.ContainsKey(id)) ? id : null;

    /// <summary>Puts ids for the names in an entry; what is unknown is noted.</summary>
    private void ToIds(JsonObject whole, FileEntry entry, string place) => CatalogNames.Swap(whole, "", (of, text, inside) =>
    {
        var (found, fault) = of switch
        {
            CatalogNames.Meant.Site => (_names.SiteOf(text), "CatalogFile.NoSite"),
            CatalogNames.Meant.Window => (_names.WindowOf(text), "CatalogFile.NoWindow"),
            _ => (TypeOf(text), "CatalogFile.NoType"),
        };
        if (found is { } id) return id.ToString();
        // To find the line is to read the entry again: not for each of a hundred thousand.
        faults.Add($"{place}.{inside}", faults.NamesMore ? reader.LineOf(entry, inside) : entry.Line, fault, text);
        return text;
    });

    /// <summary>Takes the id out of an entry: empty where it has none, null where it is none, which is noted.</summary>
    private Guid? IdIn(JsonObject whole, FileEntry entry, string place)
    {
        var text = TextOf(whole["id"]);
        whole.Remove("id");
        if (text.Length == 0) return Guid.Empty;
        if (Guid.TryParse(text, out var id)) return id;
        faults.Add($"{place}.id", reader.LineOf(entry, "id"), "CatalogFile.Id");
        return null;
    }

    private void Take(Fields fields, FileEntry entry, string place, Func<string, string>? inside = null)
    {
        foreach (var (field, sentences) in fields.Errors ?? [])
        {
            var path = inside is null ? field : inside(field);
            faults.Say(path.Length == 0 ? place : $"{place}.{path}", reader.LineOf(entry, path), sentences[0]);
        }
    }

    private JsonObject Shown(TicketTypeTerms type) => new CatalogNames(now.Park, _types).Of(type);

    private static string TextOf(JsonNode? node) => CatalogNames.TextIn(node)?.Trim() ?? "";

    private static bool Same<T>(T? one, T? other) where T : class => JsonSerializer.Serialize(one, Json.Options) == JsonSerializer.Serialize(other, Json.Options);

    /// <summary>The id of what an entry creates: in the order of time like its request's, and the same when that is sent again.</summary>
    private Guid NewId(string place)
    {
        Span<byte> id = stackalloc byte[16];
        key.TryWriteBytes(id, bigEndian: true, out _);
        SHA256.HashData(Encoding.UTF8.GetBytes($"{key:N}/{place}")).AsSpan(0, 9).CopyTo(id[7..]);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new(id, bigEndian: true);
    }
}
