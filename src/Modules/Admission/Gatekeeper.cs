using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Shanmen.Modules.Admission.Tickets;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;
using Shanmen.Protocol;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission;

/// <summary>What is printed of a ticket: the code that a person can type and the signed text of the QR code.</summary>
public sealed record TicketPaper(TicketCode Code, string Qr);

/// <summary>What a ticket shall admit, before it exists.</summary>
/// <param name="ExternalCode">The code that its issuer gave it; null for our own.</param>
public sealed record TicketDraft(Guid Id, TicketCode Code, int Line, Guid TypeId, int TypeNumber, string TypeName, string TypeNameEn, string VisitorType,
    string Proof, string Attention, int People, DateOnly VisitDay, TimeOnly FromTime, TimeOnly ToTime, Guid[] SiteIds, AdmissionTerms? Terms, TimeSlot? Slot = null, string? ExternalCode = null);

/// <summary>A ticket as other modules see it.</summary>
/// <param name="Exchanges">How often its paper was exchanged (换票).</param>
/// <param name="External">Whether it stands for somebody else's code (外部票).</param>
public sealed record TicketRight(Guid Id, string ShortCode, Guid OrderId, int Line, Guid TypeId, int TypeNumber, string TypeName, string TypeNameEn, int People,
    int Used, TicketState State, DateOnly VisitDay, TimeOnly FromTime, TimeOnly ToTime, Guid[] SiteIds, AdmissionTerms? Terms, TimeSlot? Slot = null, int Exchanges = 0, bool External = false);

/// <summary>The desk of admission (检票): issues rights to enter, takes them back, and knows who is inside.</summary>
public sealed class Gatekeeper(Database database, KeyRing keys, PersonalText hashes, StoreState state, ParkDirectory parks)
{
    /// <summary>How often the paper of a ticket may be exchanged.</summary>
    public const int ExchangesMax = TicketCode.PapersMax - 1;

    private readonly ConcurrentDictionary<int, ushort> _marks = [];

    /// <summary>
    /// Makes a code and signs it. Costs a signature, so it is called while a request is prepared and never inside a group.
    /// </summary>
    public TicketPaper NewPaper(int park, int typeNumber, DateOnly visitDay, int people, AdmissionTerms? terms)
    {
        var code = TicketCode.For(visitDay, RandomNumberGenerator.GetBytes(TicketCode.Bytes));
        return new TicketPaper(code, Sign(park, code, typeNumber, visitDay, people, terms));
    }

    /// <summary>The QR text of a ticket that exists, for a reprint. Each signature differs; all of them verify.</summary>
    public string QrOf(int park, TicketRight ticket, TicketCode code) => Sign(park, code, ticket.TypeNumber, ticket.VisitDay, ticket.People, ticket.Terms);

    private string Sign(int park, TicketCode code, int typeNumber, DateOnly visitDay, int people, AdmissionTerms? terms)
    {
        var days = terms?.AtMost(visitDay) ?? new DayRange(visitDay, visitDay);
        return TicketCodec.Sign(new SignedTicket(MarkOf(park), code, checked((ushort)typeNumber), days.From, SignedTicket.DaysOf(days.From, days.To), checked((ushort)people)),
            keys.SigningKeyId, keys.SigningKey);
    }

    /// <summary>What tells this store's park from another's in a signed code: 16 bits of a hash of store and park.</summary>
    internal ushort MarkOf(int park) => _marks.GetOrAdd(park, static (park, store) =>
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{store:N}/{park}"));
        return (ushort)((hash[0] << 8) | hash[1]);
    }, state.StoreId);

    /// <summary>The code of the ticket that a foreign code stands for: derived with the store's key, so that it is known before anything is asked.</summary>
    /// <param name="external">As <see cref="ExternalCode"/> reads it.</param>
    public TicketCode CodeOf(int park, string external) => TicketCode.From(hashes.LookUp($"{park}/{external}", "ticket.external").AsSpan(0, TicketCode.Bytes));

    /// <summary>The code to look a ticket up by, from whatever was scanned or typed; null when it cannot be a ticket of this park.</summary>
    public string? ShortCodeOf(int park, string presented) => Gate.Presented.Of(presented, park, this).ShortCode;

    internal TicketReading Read(ReadOnlySpan<char> text, int park) => TicketCodec.Read(text, MarkOf(park), keys.VerifyingKey);

    /// <summary>Brings tickets into being. Their codes must have been named with <see cref="TouchTicket"/>.</summary>
    public void Issue(WriteGroup group, int park, Guid order, IReadOnlyList<TicketDraft> drafts)
    {
        var issued = new IssuedTicket[drafts.Count];
        var terms = drafts.Select(d => d.Terms).OfType<AdmissionTerms>().Distinct().ToList();
        for (var i = 0; i < issued.Length; i++)
        {
            var d = drafts[i];
            var code = new byte[TicketCode.Bytes];
            d.Code.CopyTo(code);
            if (group.Find(TicketRow.Table, d.Code.Short) is not null) throw new InvalidOperationException("A ticket code was drawn twice.");
            group.Put(TicketRow.Table, new TicketRow(d.Code.Short, d.Id, park, code, order, d.Line, d.TypeId, d.TypeNumber, d.TypeName, d.TypeNameEn, d.VisitorType,
                d.Proof, d.Attention, d.People, 0, TicketState.Valid, BusinessDay.Number(d.VisitDay), d.FromTime.ToString("HH:mm"), d.ToTime.ToString("HH:mm"),
                TicketRow.SitesText(d.SiteIds), null, null, null, d.Terms, null, TicketRow.SlotText(d.Slot), d.ExternalCode));
            issued[i] = new IssuedTicket(d.Id, d.Code.Short, code, d.Line, d.TypeId, d.TypeNumber, d.TypeName, d.TypeNameEn, d.VisitorType, d.Proof, d.Attention,
                d.People, d.VisitDay, d.FromTime, d.ToTime, d.SiteIds, d.Terms is null ? 0 : terms.IndexOf(d.Terms) + 1, TicketRow.SlotText(d.Slot), d.ExternalCode);
        }
        group.Record(nameof(TicketsIssued), order, new TicketsIssued(order, issued, terms.Count == 0 ? null : [.. terms]));
    }

    public void TouchTicket(Touch touch, string shortCode) => touch.Row(TicketRow.Table, shortCode);

    public TicketRight? Find(WriteGroup group, int park, string shortCode) =>
        group.Find(TicketRow.Table, shortCode) is { } row && row.Park == park ? RightOf(row) : null;

    /// <summary>Takes the right back. The caller has decided that it may go; a ticket with anyone inside is a bug.</summary>
    public void TakeBack(WriteGroup group, int park, string shortCode, TicketState after)
    {
        var row = group.Find(TicketRow.Table, shortCode);
        if (row is null || row.Park != park || row.Used > 0 || row.State != TicketState.Valid) throw new InvalidOperationException($"Ticket {shortCode} cannot go back.");
        group.Put(TicketRow.Table, row with { State = after });
        group.Record(nameof(TicketReturned), row.Id, new TicketReturned(row.Id, row.ShortCode, row.OrderId, after));
    }

    /// <summary>换票: from now on only the next paper is admitted. The caller has decided that it may be; a ticket that lets nobody in any more is a bug.</summary>
    public void Exchange(WriteGroup group, int park, string shortCode)
    {
        var row = group.Find(TicketRow.Table, shortCode);
        if (row is null || row.Park != park || row.State != TicketState.Valid || row.ExternalCode is not null) throw new InvalidOperationException($"Ticket {shortCode} cannot be exchanged.");
        group.Put(TicketRow.Table, row with { Exchanges = row.Exchanges + 1 });
        group.Record(nameof(TicketExchanged), row.Id, new TicketExchanged(row.Id, row.ShortCode, row.OrderId, row.Exchanges + 1));
    }

    /// <summary>Tickets of an order with the secret codes of the papers that count now, in the order of issue.</summary>
    public async Task<List<(TicketRight Right, TicketCode Code)>> OfOrder(int park, Guid order) =>
        [.. (await database.Query(TicketRow.Table.Read, TicketRow.Table.Select + " where order_id = @1 and park = @2 order by line, id", order, park))
            .Select(row => (RightOf(row), row.CodeNow()))];

    /// <summary>The ticket that a foreign code stands for; null when the park took no such code in.</summary>
    /// <param name="external">As <see cref="ExternalCode"/> reads it.</param>
    public async Task<TicketRight?> OfCode(int park, string external) => await database.First(TicketRow.Table.Read,
        TicketRow.Table.Select + " where short_code = @1 and park = @2 and external_code is not null", CodeOf(park, external).Short, park) is { } row ? RightOf(row) : null;

    public async Task<TicketRight?> ById(int park, Guid id) =>
        await database.First(TicketRow.Table.Read, TicketRow.Table.Select + " where id = @1 and park = @2", id, park) is { } row ? RightOf(row) : null;

    /// <summary>Names the accounts that count the people inside.</summary>
    public void TouchInside(Touch touch, int park)
    {
        touch.Account(parks.Outside(park));
        foreach (var site in parks.Of(park).Sites.Keys) touch.Account(parks.InsideOf(site, park));
    }

    /// <summary>People inside all counted sites, within a group.</summary>
    internal long Inside(WriteGroup group, int park) =>
        parks.Of(park).Sites.Values.Where(s => s.CountsInside).Sum(s => group.Ledger.Balance(parks.InsideOf(s.Id, park)));

    /// <summary>Counts everybody out at day close, and says how many there were.</summary>
    public long EmptyAt(WriteGroup group, int park)
    {
        var left = parks.Of(park).Sites.Keys.Order()
            .Select(site => new SitePeople(site, group.Ledger.Balance(parks.InsideOf(site, park)))).Where(s => s.People > 0).ToArray();
        foreach (var site in left) group.Ledger.Move(parks.InsideOf(site.SiteId, park), parks.Outside(park), site.People, "day close");
        if (left.Length > 0) group.Record(nameof(DayEmptied), Guid.Empty, new DayEmptied(left));
        return left.Sum(s => s.People);
    }

    private static TicketRight RightOf(TicketRow row) => new(row.Id, row.ShortCode, row.OrderId, row.Line, row.Type, row.TypeNumber, row.TypeName, row.TypeNameEn,
        row.People, row.Used, row.State, BusinessDay.FromNumber(row.VisitDay), TimeOnly.Parse(row.FromTime), TimeOnly.Parse(row.ToTime),
        row.SiteIds(), row.Terms, row.SlotIn(), row.Exchanges, row.ExternalCode is not null);
}
