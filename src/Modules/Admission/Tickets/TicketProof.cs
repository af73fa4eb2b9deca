using System.Runtime.InteropServices;
using System.Text;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Tickets;

/// <summary>
/// Holds tickets against their facts, in balances: what a ticket is from its issue on, and apart from it how far it was used. A ticket that
/// may still be used is kept in mind by a few numbers; one that is used up, or went back, no more (docs/algorithms/verification.md).
/// </summary>
internal sealed class TicketProof : IProof
{
    private const int Shards = 64, OnStack = 1024, CodeBytesMax = 16;
    private const string Issue = "short_code, id, park, code, order_id, line, type, type_number, type_name, type_name_en, visitor_type, proof, attention, people, visit_day, from_time, to_time, sites, terms, slot, external_code";
    private const string Use = "used, state, used_at, used_gate, used_gate_en, uses";
    private const string Papers = "exchanges";
    private const int IssueColumns = 21, UseColumns = 6, People = 13, Terms = 18, Used = 21, State = 22, Exchanges = 27;

    /// <summary>A ticket that may still be used.</summary>
    /// <param name="Print">Stands for its use so far; the initial one where it was not used.</param>
    private readonly record struct Live(int People, int Used, RowPrint Print);
    private readonly record struct Issued(UInt128 Key, RowPrint Print, int People, TermedTicket? Termed);
    private sealed record Step(UInt128 Key, RowPrint Print, object Fact);

    private readonly RowBalance _issue = new(), _use = new(), _papers = new();
    private readonly Dictionary<UInt128, Live>[] _live = [.. Enumerable.Range(0, Shards).Select(_ => new Dictionary<UInt128, Live>())];
    private readonly Dictionary<UInt128, (TermedTicket Ticket, RowPrint Print)> _termed = [];
    /// <summary>How often the papers of tickets were exchanged, of those where any was.</summary>
    private readonly Dictionary<string, int> _exchanges = [];
    private readonly InsideCount _inside = new();
    private long _tickets, _people, _found, _ordersIssued;
    private bool _spoiled;
    private string? _bad;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I4", "No ticket admitted more people than it is for, and every ticket row is what its facts say."),
        new("I7", "Of every order: people returned + used + valid + void = people issued."),
        new("I9", "People inside each site = entries − exits, and never below zero."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(TicketsIssued), nameof(TicketAdmitted), nameof(TicketReturned), nameof(TicketExchanged), nameof(VisitorsLeft), nameof(DayEmptied)];

    public object Read(LoggedFact fact) => fact.Kind switch
    {
        nameof(TicketsIssued) => ReadIssue(fact.Park, fact.As<TicketsIssued>()),
        nameof(TicketAdmitted) => fact.As<TicketAdmitted>() is var a ? new Step(KeyOf(a.ShortCode),
            _use.PrintOf(a.ShortCode, a.UsedAfter, a.StateAfter().ToString(), fact.At, a.GateName, a.GateNameEn, TicketRow.Text(a.Uses)), a) : null!,
        nameof(TicketReturned) => fact.As<TicketReturned>() is var r ? new Step(KeyOf(r.ShortCode), _use.PrintOf(r.ShortCode, 0, r.State.ToString(), null, null, null, null), r) : null!,
        nameof(TicketExchanged) => fact.As<TicketExchanged>(),
        nameof(VisitorsLeft) => fact.As<VisitorsLeft>(),
        _ => fact.As<DayEmptied>(),
    };

    private Issued[] ReadIssue(int park, TicketsIssued fact)
    {
        var issued = new Issued[fact.Tickets.Length];
        var row = new CanonicalRow(stackalloc byte[OnStack]);
        Span<char> time = stackalloc char[5];
        for (var i = 0; i < issued.Length; i++)
        {
            var t = fact.Tickets[i];
            row.Clear();
            row.Add(t.ShortCode.AsSpan());
            row.Add(t.Id);
            row.Add((long)park);
            row.Add(t.Code.AsSpan());
            row.Add(fact.OrderId);
            row.Add((long)t.Line);
            row.Add(t.TypeId);
            row.Add((long)t.TypeNumber);
            foreach (var text in (ReadOnlySpan<string>)[t.TypeName, t.TypeNameEn, t.VisitorType, t.Proof, t.Attention]) row.Add(text.AsSpan());
            row.Add((long)t.People);
            row.Add((long)BusinessDay.Number(t.VisitDay));
            foreach (var moment in (ReadOnlySpan<TimeOnly>)[t.FromTime, t.ToTime])
            {
                moment.TryFormat(time, out _, "HH:mm");
                row.Add((ReadOnlySpan<char>)time);
            }
            row.Add(TicketRow.SitesText(t.SiteIds).AsSpan());
            row.Add((object?)TicketRow.Text(fact.TermsOf(t)));
            row.Add((object?)t.Slot);
            row.Add((object?)t.ExternalCode);
            issued[i] = new Issued(KeyOf(t.ShortCode), _issue.PrintOf(row), t.People, TermedTicket.Of(t, fact.TermsOf(t)));
        }
        return issued;
    }

    public void Hear(LoggedFact fact, object read)
    {
        switch (read)
        {
            case Issued[] issued:
                foreach (var t in issued) Begin(fact, t);
                _ordersIssued++;
                break;
            case Step { Fact: TicketAdmitted admitted } step:
                Admit(fact, step, admitted);
                _inside.Enter(fact, admitted.SiteId, admitted.People);
                break;
            case Step { Fact: TicketReturned returned } step:
                if (_termed.Remove(step.Key, out var termed))
                {
                    if (termed.Ticket.Uses is not null) _bad ??= $"{fact.Name}: ticket {returned.ShortCode} returned after people went in";
                }
                else if (!Of(step.Key).Remove(step.Key, out var live)) _bad ??= $"{fact.Name}: ticket {returned.ShortCode} returned but never issued, or it was used up";
                else if (live.Used > 0) _bad ??= $"{fact.Name}: ticket {returned.ShortCode} returned after {live.Used} people went in";
                _use.Raise(step.Print);
                break;
            case TicketExchanged exchanged: Exchange(fact, exchanged); break;
            case VisitorsLeft left: _inside.Add(fact, left.SiteId, -left.People); break;
            case DayEmptied emptied:
                foreach (var site in emptied.Sites) _inside.Add(fact, site.SiteId, -site.People);
                break;
        }
    }

    private void Begin(LoggedFact fact, Issued t)
    {
        _tickets++;
        _people += t.People;
        _issue.Raise(t.Print);
        if (t.Termed is { } ticket ? !_termed.TryAdd(t.Key, (ticket, default)) : !Of(t.Key).TryAdd(t.Key, new Live(t.People, 0, default))) _bad ??= $"{fact.Name}: a ticket is issued twice";
    }

    private void Admit(LoggedFact fact, Step step, TicketAdmitted admitted)
    {
        if (_termed.TryGetValue(step.Key, out var termed))
        {
            if (termed.Ticket.Admit(fact, admitted) is { } wrong) _bad ??= $"{fact.Name}: ticket {admitted.ShortCode} {wrong}";
            if (termed.Ticket.State == TicketState.Valid) _termed[step.Key] = (termed.Ticket, step.Print);
            else
            {
                _use.Raise(step.Print);
                _termed.Remove(step.Key);
            }
            return;
        }
        ref var live = ref CollectionsMarshal.GetValueRefOrNullRef(Of(step.Key), step.Key);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref live))
        {
            _bad ??= $"{fact.Name}: ticket {admitted.ShortCode} admitted but never issued, or beyond its right";
            return;
        }
        var used = (long)live.Used + admitted.People;
        if (used > live.People || admitted.People < 1 || admitted.Uses is not null) _bad ??= $"{fact.Name}: ticket {admitted.ShortCode} admitted beyond its right";
        else if (used != admitted.UsedAfter) _bad ??= $"{fact.Name}: ticket {admitted.ShortCode} counts {admitted.UsedAfter} where the facts give {used}";
        else if (admitted.PeopleTotal != live.People) _bad ??= $"{fact.Name}: ticket {admitted.ShortCode} is for {live.People}, not {admitted.PeopleTotal}";
        if (admitted.UsedAfter < live.People) { live = live with { Used = admitted.UsedAfter, Print = step.Print }; return; }
        _use.Raise(step.Print);
        Of(step.Key).Remove(step.Key);
    }

    private void Exchange(LoggedFact fact, TicketExchanged exchanged)
    {
        var key = KeyOf(exchanged.ShortCode);
        if (!_termed.ContainsKey(key) && !Of(key).ContainsKey(key)) _bad ??= $"{fact.Name}: ticket {exchanged.ShortCode} exchanged but never issued, or it lets nobody in any more";
        var papers = _exchanges[exchanged.ShortCode] = _exchanges.GetValueOrDefault(exchanged.ShortCode) + 1;
        if (papers != exchanged.Exchanges) _bad ??= $"{fact.Name}: ticket {exchanged.ShortCode} is exchanged for the {exchanged.Exchanges}th time where the facts give {papers}";
    }

    public Task Look(Snapshot store)
    {
        var first = new CanonicalRow(stackalloc byte[OnStack]);
        foreach (var value in new object?[] { 0, nameof(TicketState.Valid), null, null, null, null }) first.Add(value);
        var unused = first.Written.ToArray();
        return store.Each(row =>
        {
            var cells = new CanonicalRow(stackalloc byte[OnStack]);
            for (var i = 0; i < IssueColumns; i++) row.AddTo(ref cells, i);
            _issue.Lower(_issue.PrintOf(cells));
            cells.Clear();
            row.AddTo(ref cells, 0);
            var head = cells.Written.Length;
            for (var i = Used; i < Used + UseColumns; i++) row.AddTo(ref cells, i);
            if (!cells.Written[head..].SequenceEqual(unused)) _use.Lower(_use.PrintOf(cells));
            if (row.Any(Exchanges) is not 0L)
            {
                cells.Clear();
                row.AddTo(ref cells, 0);
                row.AddTo(ref cells, Exchanges);
                _papers.Lower(_papers.PrintOf(cells));
            }
            Count(row);
        }, $"select {Issue}, {Use}, {Papers} from ticket");
    }

    private void Count(Row row)
    {
        try
        {
            var (people, used, state) = (row.Long(People), row.Long(Used), row.Text(State));
            // A ticket with terms may have seen all its people and be good for more.
            if (used < 0 || used > people || (state == nameof(TicketState.Used) ? used != people : used == people && row.TextOrNull(Terms) is null) || !Enum.IsDefined(typeof(TicketState), state)) _spoiled = true;
            _found += people;
        }
        catch (Exception spoiled) when (spoiled is InvalidDataException or OverflowException) { _spoiled = true; }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store)
    {
        foreach (var (ticket, print) in _termed.Values)
            if (ticket.Uses is not null) _use.Raise(print);
        foreach (var live in _live.SelectMany(l => l.Values).Where(l => l.Used > 0)) _use.Raise(live.Print);
        foreach (var (code, exchanges) in _exchanges) _papers.Raise(_papers.PrintOf(code, exchanges));
        var isEven = _issue.IsEven && _use.IsEven && _papers.IsEven;
        if (!isEven) _bad ??= await new TicketReplay(code => _issue.IsSuspect(code) || _use.IsSuspect(code) || _papers.IsSuspect(code)).FirstBad(store) ?? "tickets: rows and facts differ";
        var wrongOrder = isEven && !_spoiled && _found == _people ? null : await TicketReplay.FirstBadOrder(store);
        return [new Finding($"{_tickets} tickets", _bad), new Finding($"{_ordersIssued} orders", wrongOrder), await _inside.Conclude(store)];
    }

    private Dictionary<UInt128, Live> Of(UInt128 key) => _live[(int)(key % Shards)];

    /// <summary>A short code as a number. It has sixteen letters at most.</summary>
    private static UInt128 KeyOf(string code)
    {
        Span<byte> bytes = stackalloc byte[CodeBytesMax];
        bytes.Clear();
        if (!Encoding.UTF8.TryGetBytes(code, bytes, out _)) throw new InvalidDataException($"ticket {code}: there is no such code");
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
