using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Files;

// The shared quotas of a file, their days, and the price rules.
internal sealed partial class FileForm
{
    private readonly Dictionary<Guid, string> _quotas = now.Quotas.ToDictionary(q => q.Terms.Id, q => q.Terms.Name);

    private void ReadQuotas(FileEntry[] entries)
    {
        var seen = new Dictionary<Guid, int>();
        var made = new Dictionary<string, int>();
        for (var n = 0; n < entries.Length; n++)
        {
            var (entry, place, before) = (entries[n], $"{CatalogFile.QuotasPart}[{n}]", faults.Count);
            if (reader.Object(entry, place) is not { } whole || IdIn(whole, entry, place) is not { } named) continue;
            // Without an id that is known here the name tells which is meant; two of one name tell nothing.
            var name = TextOf(whole["name"]);
            var alike = now.Quotas.Where(q => q.Terms.Name == name).Select(q => q.Terms).ToArray();
            var known = now.Quotas.FirstOrDefault(q => q.Terms.Id == named)?.Terms ?? (alike is [var one] ? one : null);
            if (known is null && alike.Length > 1) { faults.Add($"{place}.name", entry.Line, "CatalogFile.NoQuota", name); continue; }
            if (known is null && !made.TryAdd(name, entry.Line)) { faults.Add(place, entry.Line, "CatalogFile.Twice", made[name]); continue; }
            var id = known?.Id ?? NewId(place);
            if (!seen.TryAdd(id, entry.Line)) { faults.Add(place, entry.Line, "CatalogFile.Twice", seen[id]); continue; }
            ToIds(whole, entry, place);
            whole["edit"] = known?.Edit ?? 0;
            if (faults.Count > before || reader.Read<QuotaRequest>(whole, entry, place) is not { } request) continue;
            var fields = newFields();
            var wanted = SaveQuota.Read(request, fields, _types, now.Park.Park, id, now.Park.Terms.CutOffHour);
            Take(fields, entry, place);
            if (fields.Errors is not null) continue;
            _quotas[id] = wanted.Name;
            if (known is not null && Same(known, wanted with { CountsFrom = known.CountsFrom })) { _plan.Same(CatalogPart.Quota); continue; }
            var names = new CatalogNames(now.Park, _types);
            _plan.Change(CatalogPart.Quota, wanted.Name, null, known is null ? null : names.Of(known), names.Of(wanted));
            _plan.Rest.Add(new(new SaveQuota.Saving(quotaBook, wanted), place, entry.Line));
        }
        if (_quotas.Count > SaveQuota.QuotasMax)
            faults.Add(CatalogFile.QuotasPart, entries is [var first, ..] ? first.Line : 1, new Refusal(CatalogRefusal.TooManyQuotas, 409, SaveQuota.QuotasMax));
    }

    private Guid? QuotaOf(string text) =>
        Guid.TryParse(text, out var id) && _quotas.ContainsKey(id) ? id : _quotas.Where(q => q.Value == text.Trim()).Select(q => q.Key).ToArray() is [var one] ? one : null;

    private void ReadQuotaDays(FileEntry[] entries)
    {
        var seen = new Dictionary<(Guid, DateOnly, TimeOnly?), int>();
        var days = new Dictionary<(Guid Quota, TimeOnly? Slot, int? Limit, bool Unlimited), List<(DateOnly Day, QuotaDayRow? Before, int Entry)>>();
        for (var n = 0; n < entries.Length; n++)
        {
            var (entry, place) = (entries[n], $"{CatalogFile.QuotaDaysPart}[{n}]");
            if (reader.Read<FileQuotaDay>(entry, place) is not { } day) continue;
            if (QuotaOf(day.Quota) is not { } quota)
            {
                faults.Add($"{place}.quota", entry.Line, "CatalogFile.NoQuota", day.Quota);
                continue;
            }
            if (!seen.TryAdd((quota, day.Day, day.Slot), entry.Line)) faults.Add(place, entry.Line, "CatalogFile.Twice", seen[(quota, day.Day, day.Slot)]);
            if (!BusinessDay.IsKnown(day.Day)) faults.Add($"{place}.day", entry.Line, "CatalogFile.Value");
            var fields = newFields();
            SetQuotaDays.Check(fields, new([day.Day], day.Limit, day.Unlimited));
            Take(fields, entry, place);
            if (day.Day < now.Today) { _plan.PastDays++; continue; }
            var known = now.Quotas.FirstOrDefault(q => q.Terms.Id == quota)?.Days.GetValueOrDefault((day.Day, day.Slot));
            if ((known?.Limit, known?.Unlimited ?? false) == (day.Limit, day.Unlimited)) { _plan.Same(CatalogPart.QuotaDay); continue; }
            _plan.ChangeDay(CatalogPart.QuotaDay, day.Slot is { } at ? $"{_quotas[quota]} {at:HH:mm}" : _quotas[quota], day.Day, known is null ? null : new QuotaDaySetting(known.Limit, known.Unlimited), new(day.Limit, day.Unlimited));
            var key = (quota, day.Slot, day.Limit, day.Unlimited);
            if (!days.TryGetValue(key, out var alike)) days.Add(key, alike = []);
            alike.Add((day.Day, known, n));
        }
        foreach (var ((quota, slot, limit, unlimited), alike) in days)
            foreach (var some in alike.OrderBy(d => d.Day).Chunk(SetQuotaDays.DaysMax))
            {
                DateOnly[] set = [.. some.Select(d => d.Day)];
                _plan.Rest.Add(new(new SetQuotaDays.Setting(now.Park.Park, quota, set, slot is { } only ? [only] : [], new(set, limit, unlimited)), $"{CatalogFile.QuotaDaysPart}[{some[0].Entry}]", entries[some[0].Entry].Line,
                    group => some.All(d => IsAsSeen(group, quota, d.Day, slot, d.Before))));
            }
    }

    private static bool IsAsSeen(WriteGroup group, Guid quota, DateOnly day, TimeOnly? slot, QuotaDayRow? before) =>
        group.Find(QuotaDayRow.Table, QuotaDayRow.IdOf(quota, day, slot)) is var row && (row is { IsSet: true } ? row == before : before is null);

    private void ReadPrices(FileEntry entry, DateTimeOffset? from)
    {
        const string place = CatalogFile.PricesPart;
        var before = faults.Count;
        if (reader.Object(entry, place) is not { } whole) return;
        ToIds(whole, entry, place);
        if (faults.Count > before || reader.Read<PriceRulesTerms>(whole, entry, place) is not { } rules) return;
        var fields = newFields();
        PriceVersionForm.Check(fields, rules, _types, now.Words.Agencies());
        // The form names what it finds under "rules", which in a file are the prices.
        Take(fields, entry, place, field => field["rules".Length..].TrimStart('.'));
        if (fields.Errors is not null) return;
        if (now.Prices is not null && Same(now.Prices, rules)) { _plan.Same(CatalogPart.Prices); return; }
        var names = new CatalogNames(now.Park, _types);
        _plan.PricesStayOut = from is null;
        _plan.Change(CatalogPart.Prices, "", null, now.Prices is null ? null : names.Of(now.Prices), names.Of(rules));
        if (from is { } begins) _plan.Rest.Add(new(SavePriceVersion.Saving.Of(now.Park.Park, key, new(now.NextVersion, begins, rules)), place, entry.Line));
    }

    /// <summary>A day of a quota as a list of changes shows it.</summary>
    private sealed record QuotaDaySetting(int? Limit, bool Unlimited);
}
