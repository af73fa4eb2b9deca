using System.Security.Cryptography;
using System.Text;
using Shanmen.Modules.Catalog;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.External;

/// <summary>A list of codes of tickets that somebody else issued (外部票名单). docs/algorithms/external-tickets.md.</summary>
/// <param name="Issuer">Who sold the tickets and pays for those that were used.</param>
/// <param name="Type">The external ticket type as which they admit.</param>
/// <param name="From">The first business day on which they admit.</param>
/// <param name="To">The last.</param>
/// <param name="PriceFen">What the issuer owes for a person who entered, in fen.</param>
/// <param name="Edit">How often it was saved; who changes it says which edit was on the screen.</param>
/// <param name="HasCodes">Whether any were taken in, so that its type and days stay.</param>
internal sealed record ExternalList(Guid Id, int Park, string Name, string Issuer, Guid Type, DateOnly From, DateOnly To, long PriceFen, string Note, int Edit, bool HasCodes)
{
    public static readonly RowTable<Guid, ExternalList> Table = new("external_list", "id, park, name, issuer, type, from_day, to_day, price_fen, note, edit, has_codes",
        r => new(r.Id(0), r.Int(1), r.Text(2), r.Text(3), r.Id(4), BusinessDay.FromNumber(r.Int(5)), BusinessDay.FromNumber(r.Int(6)), r.Long(7), r.Text(8), r.Int(9), r.Bool(10)),
        l => [l.Id, l.Park, l.Name, l.Issuer, l.Type, BusinessDay.Number(l.From), BusinessDay.Number(l.To), l.PriceFen, l.Note, l.Edit, l.HasCodes], l => l.Id, settled: true);

    /// <summary>On what terms its tickets admit: those of the type, within the days of the list; null = on its only day everybody once.</summary>
    public AdmissionTerms? TermsOf(TicketTypeTerms type)
    {
        var days = new Validity(ValidityKind.Fixed, From: From, To: To);
        if (type.Admission is not { } terms) return From == To ? null : new(days, null, InAll: 1, [], null, [], []);
        return terms with { Validity = terms.Validity.Kind == ValidityKind.FromFirstUse ? terms.Validity with { StartWithin = To.DayNumber - From.DayNumber + 1 } : days };
    }

    /// <summary>Whether its tickets admit on any day that is left: days that are over admit nobody, whatever the terms say of them.</summary>
    public bool EverAdmits(TicketTypeTerms type, DateOnly today) => TermsOf(type)?.EverAdmits(From > today ? From : today) != false;

    /// <summary>
    /// What stands for the list in its tickets, where others have their order. Derived, so that no list can be given the id of an order, and no order that of a list:
    /// it is no key of version 7, under which alone orders are made.
    /// </summary>
    public static Guid OrderOf(Guid list)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"external-list|{list:N}")).AsSpan(0, 16);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        return new(bytes, bigEndian: true);
    }

    /// <summary>Reads a list of the park; null when it has none with this id.</summary>
    public static Task<ExternalList?> Of(Database database, int park, Guid id) => database.First(Table.Read, Table.Select + " where id = @1 and park = @2", id, park);
}

/// <summary>A list of foreign codes was created or changed; the body holds all of it but its codes, which are tickets.</summary>
internal sealed record ExternalListSaved(ExternalList List);

/// <summary>Codes of a list were withdrawn that nobody had entered by.</summary>
internal sealed record ExternalCodesWithdrawn(Guid ListId, int Codes, string Reason);

/// <summary>Why a list of foreign codes, or some of its codes, are not taken.</summary>
public enum ExternalRefusal
{
    /// <summary>Somebody else saved the list meanwhile.</summary>
    ListEdited,
    /// <summary>The type is sold or given by the park itself, or is out of use.</summary>
    TypeNotExternal,
    /// <summary>The list has codes, so its type and days stay.</summary>
    ListHasCodes,
    /// <summary>The park has as many lists as it may.</summary>
    TooManyLists,
    /// <summary>The days of the list are over.</summary>
    ListOver,
    /// <summary>The tickets would admit on none of the days.</summary>
    NeverAdmits,
    /// <summary>Lines are wrong; each is named.</summary>
    CodesWrong,
}
