using Shanmen.Modules.Parks;

namespace Shanmen.Modules.Catalog;

/// <summary>What the park calls the codes of a price sheet (字典), so that the counter shows its wording.</summary>
/// <param name="Tabs">The tabs of the counter in their order: those in use, and those that a type of the sheet stands on.</param>
/// <param name="VisitorTypes">The visitor types of the sheet.</param>
/// <param name="Proofs">What of the sheet is checked at the gate.</param>
public sealed record SheetWords(SheetWord[] Tabs, SheetWord[] VisitorTypes, SheetWord[] Proofs)
{
    internal static SheetWords Of(DictionaryBook book, int park, IReadOnlyCollection<SheetType> types)
    {
        return new(Words(DictionaryKind.Tab, t => t.Tab, unused: true), Words(DictionaryKind.VisitorType, t => t.VisitorType, unused: false), Words(DictionaryKind.Proof, t => t.Proof, unused: false));

        SheetWord[] Words(DictionaryKind kind, Func<SheetType, string> codeOf, bool unused) =>
            [.. book.Of(park, kind).Where(e => (unused && e.Active) || types.Any(t => codeOf(t) == e.Code)).Select(e => new SheetWord(e.Code, e.Name, e.NameEn))];
    }
}

/// <summary>A code and what the park calls it.</summary>
public sealed record SheetWord(string Code, string Name, string NameEn);
