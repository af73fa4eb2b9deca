using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>A list of words as the office sends it: all of them, in the order in which they are shown.</summary>
/// <param name="Edit">The edit that was on the screen; 0 for a list that was never saved.</param>
public sealed record DictionaryRequest(DictionaryKind Kind, int Edit, DictionaryEntry[] Entries);

/// <summary>A list of words as the screens see it.</summary>
/// <param name="BuiltIn">The codes that every park has, with the names that they begin with.</param>
public sealed record DictionaryAnswer(DictionaryKind Kind, int Edit, DictionaryEntry[] Entries, DictionaryEntry[] BuiltIn)
{
    internal static DictionaryAnswer Of(DictionaryKind kind, int edit, DictionaryEntry[] entries) => new(kind, edit, entries, BuiltInWords.Of(kind));
}

/// <summary>Lists and changes the park's own words (字典): adds, renames, orders and takes out of use. Nothing is deleted.</summary>
internal static partial class SaveDictionary
{
    private const int EntriesMax = 200, NameMax = 20, NameEnMax = 40, BackRateMax = 10_000;

    [GeneratedRegex(@"^[A-Za-z0-9]{1,24}\z")]
    private static partial Regex Code();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<DictionaryAnswer[]>("/api/dictionaries", Permission.Watch, (http, who) => Task.FromResult<DictionaryAnswer[]?>(All(http, who.Park))).WithName("ReadDictionaries");
        routes.MapWrite<DictionaryRequest, DictionaryAnswer>("PUT", "/api/dictionaries", Permission.SetUpPark, (request, ctx) => Task.FromResult(Prepare(request, ctx))).SeenByTwo();
    }

    private static DictionaryAnswer[] All(HttpContext http, int park)
    {
        var book = http.RequestServices.GetRequiredService<DictionaryBook>();
        return [.. Enum.GetValues<DictionaryKind>().Select(kind => DictionaryAnswer.Of(kind, book.EditOf(park, kind), [.. book.Of(park, kind)]))];
    }

    private static Prepared Prepare(DictionaryRequest request, WriteContext ctx)
    {
        ctx.Fields.Whole("entries", request.Entries);
        if (ctx.Fields.Errors is { } broken) return WriteContext.Wrong(broken);
        return ctx.Run(new Saving(ctx.Park, request.Kind, request.Edit, Read(request, ctx.Fields)));
    }

    private static DictionaryEntry[] Read(DictionaryRequest request, Fields fields)
    {
        fields.Number("entries", request.Entries.Length, 1, EntriesMax);
        if (fields.Errors is not null) return [];
        DictionaryEntry[] entries = [.. request.Entries.Select((e, at) => e with { Name = fields.Text($"entries[{at}].name", e.Name, 1, NameMax), NameEn = fields.Text($"entries[{at}].nameEn", e.NameEn, 0, NameEnMax) })];
        var (codes, names) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var (entry, at) in entries.Select((e, at) => (e, at)))
        {
            fields.Check($"entries[{at}].code", Code().IsMatch(entry.Code), "Field.WordCode");
            fields.Check($"entries[{at}].code", codes.Add(entry.Code), "Field.WordTwice");
            fields.Check($"entries[{at}].name", !entry.Active || names.Add(entry.Name), "Field.WordTwice");
        }
        for (var at = 0; at < entries.Length; at++)
            fields.Check($"entries[{at}].backRate", entries[at].BackRate is not { } rate || (request.Kind == DictionaryKind.ReturnReason && rate is >= 0 and <= BackRateMax), "Field.BackRate");
        // A park may have no partners and no agencies any more; of everything else somebody must choose.
        fields.Check("entries", request.Kind is DictionaryKind.Partner or DictionaryKind.Agency || entries.Any(e => e.Active), "Field.WordsNone");
        return entries;
    }

    internal sealed record Saving(int Park, DictionaryKind Kind, int Edit, DictionaryEntry[] Wanted) : IWrite
    {
        public void Touch(Touch touch) => touch.Row(DictionaryRow.Table, DictionaryRow.IdOf(Park, Kind));

        public Outcome Decide(WriteGroup group)
        {
            var row = group.Find(DictionaryRow.Table, DictionaryRow.IdOf(Park, Kind));
            if ((row?.Edit ?? 0) != Edit) return Outcome.Refused(ParksRefusal.DictionaryEdited, 409);
            var before = DictionaryRow.Whole(Kind, row?.Entries);
            if (before.FirstOrDefault(e => Wanted.All(w => w.Code != e.Code)) is { } gone) return Outcome.Refused(ParksRefusal.WordDeleted, 409, gone.Name, gone.Code);
            var after = new DictionaryRow(Park, Kind, Edit + 1, Wanted);
            group.Put(DictionaryRow.Table, after);
            group.Record(nameof(DictionarySaved), ParkDirectory.SubjectOf(Park), new DictionarySaved(Kind, after.Edit, Wanted, Changes(before)));
            return Outcome.Done(DictionaryAnswer.Of(Kind, after.Edit, Wanted));
        }

        /// <summary>Words that say something else; and, where only the order is another, those that stand elsewhere.</summary>
        private DictionaryChange[] Changes(DictionaryEntry[] before)
        {
            var known = before.ToDictionary(e => e.Code);
            DictionaryChange[] said = [.. Wanted.Where(w => known.GetValueOrDefault(w.Code) != w).Select(w => new DictionaryChange(w.Code, known.GetValueOrDefault(w.Code), w))];
            return said.Length > 0 ? said : [.. Wanted.Where((w, at) => before[at].Code != w.Code).Select(w => new DictionaryChange(w.Code, w, null))];
        }
    }
}
