using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Admission;

namespace Shanmen.Rules.Tests.Admission;

public class AdmitPropertyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    /// <summary>Plain cases: hours that do not pass midnight, where the wall clock alone says what is early and late.</summary>
    private static Gen<(Entitlement Ticket, AtTheGate Gate)> AnyCase { get; } =
        from state in Gen.Frequency((12, Gen.Constant(TicketState.Valid)), (1, Gen.Elements(Enum.GetValues<TicketState>())))
        from day in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Choose(-1, 1)))
        from hours in Gen.Choose(0, 1439).Two()
        from now in Gen.Choose(0, 86_399)
        from people in Gen.Choose(1, 60)
        from used in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, 60)))
        from asked in Gen.Frequency((3, Gen.Constant((int?)null)), (3, Gen.Choose(1, 60).Select(count => (int?)count)), (1, Holds.AnyInt.Select(count => (int?)count)))
        from room in Gen.Frequency((6, Gen.Constant(long.MaxValue)), (1, Gen.Choose(-5, 70).Select(count => (long)count)))
        from flags in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false))).ArrayOf(3)
        from days in Gen.Frequency((3, Gen.Constant((int?)null)), (1, Gen.Choose(0, 2).Select(count => (int?)count)))
        from bar in Gen.Frequency((6, Gen.Constant(AdmissionRefusal.None)), (1, Gen.Elements(AdmissionRefusal.BlackoutDay, AdmissionRefusal.UsedToday, AdmissionRefusal.TooSoon)))
        from exchanged in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (
            new Entitlement(state, Today.AddDays(day), At(Math.Min(hours.Item1, hours.Item2)), At(Math.Max(hours.Item1, hours.Item2)), people, used)
            {
                LastDay = days is { } more ? Today.AddDays(day + more) : null, Bar = bar, Exchanged = exchanged,
            },
            new AtTheGate(Today, new TimeOnly(now * TimeSpan.TicksPerSecond), asked, room, flags[0], flags[1], flags[2]));

    [Fact]
    public void The_gate_names_the_hardest_of_all_true_reasons() =>
        Holds.ForAll(AnyCase, pair => Admit.Decide(pair.Ticket, pair.Gate).Refusal == FirstTrueReason(pair.Ticket, pair.Gate), 20_000);

    /// <summary>The control: the same oracle with two reasons exchanged must be contradicted.</summary>
    [Fact]
    public void Another_order_of_reasons_would_be_noticed() => Assert.ThrowsAny<Exception>(() => Holds.ForAll(
        AnyCase,
        pair => !pair.Gate.LaneAdmits
            ? Admit.Decide(pair.Ticket, pair.Gate).Refusal == AdmissionRefusal.LaneExitOnly
            : Admit.Decide(pair.Ticket, pair.Gate).Refusal == FirstTrueReason(pair.Ticket, pair.Gate)));

    [Fact]
    public void Random_cases_meet_every_reason_that_a_decision_can_give()
    {
        var met = new HashSet<AdmissionRefusal>();
        Holds.ForAll(AnyCase, pair => met.Add(Admit.Decide(pair.Ticket, pair.Gate).Refusal) | true, 20_000);
        AdmissionRefusal[] beforeTheDecision =
            [AdmissionRefusal.UnknownCode, AdmissionRefusal.DamagedCode, AdmissionRefusal.ForeignPark, AdmissionRefusal.AlteredCode];
        Assert.Equal(Enum.GetValues<AdmissionRefusal>().Except(beforeTheDecision).Order(), met.Order());
    }

    [Fact]
    public void Nobody_is_lost_and_nobody_is_let_in_twice() => Holds.ForAll(AnyCase, pair =>
    {
        var left = pair.Ticket.State == TicketState.Valid ? Math.Max(0, pair.Ticket.People - pair.Ticket.Used) : 0;
        var verdict = Admit.Decide(pair.Ticket, pair.Gate);
        return verdict.Admitted + verdict.Left == left && verdict.Left >= 0 && verdict.Admitted > 0 == (verdict.Refusal == AdmissionRefusal.None);
    });

    [Fact]
    public void However_a_party_comes_no_more_go_in_than_are_on_the_ticket() => Holds.ForAll(
        from people in Gen.Choose(1, 60)
        from arrivals in Gen.Choose(1, 20).ArrayOf(40)
        select (people, arrivals),
        party =>
        {
            var used = 0;
            foreach (var asked in party.arrivals)
            {
                used += Admit.Decide(
                    new(TicketState.Valid, Today, At(0), At(1439), party.people, used),
                    new(Today, new(12, 0), asked, party.people, true, true, true)).Admitted;
            }

            return used <= party.people;
        },
        1_000);

    [Fact]
    public void No_numbers_make_the_gate_throw_or_admit_more_than_there_is_room_for() => Holds.ForAll(
        from numbers in Holds.AnyInt.ArrayOf(6)
        from room in Holds.AnyLong
        from times in Gen.Choose(0, 1439).ArrayOf(3)
        from day in Gen.Choose(0, DateOnly.MaxValue.DayNumber)
        select (
            Ticket: new Entitlement((TicketState)(numbers[0] % 6), DateOnly.FromDayNumber(day), At(times[0]), At(times[1]), numbers[1], numbers[2]),
            Gate: new AtTheGate(DateOnly.FromDayNumber(day), At(times[2]), numbers[3], room, true, true, true) { CutOffHour = numbers[4] }),
        pair =>
        {
            var verdict = Admit.Decide(pair.Ticket, pair.Gate);
            return verdict.Left >= 0
                && verdict.Admitted >= 0
                && verdict.Admitted <= Math.Max(0, pair.Gate.RoomInside)
                && verdict.Admitted <= Math.Max(0, pair.Ticket.People);
        });

    /// <summary>docs/algorithms/admission.md, the table of reasons, as a list instead of a ladder.</summary>
    private static AdmissionRefusal FirstTrueReason(Entitlement ticket, AtTheGate gate)
    {
        var left = ticket.State == TicketState.Valid ? ticket.People - ticket.Used : 0;
        var asked = gate.PeopleAsked ?? left;
        var now = new TimeOnly(gate.LocalTime.Hour, gate.LocalTime.Minute);
        (bool IsTrue, AdmissionRefusal Reason)[] reasons =
        [
            (ticket.State == TicketState.Voided, AdmissionRefusal.Voided),
            (ticket.State == TicketState.Returned, AdmissionRefusal.Returned),
            (ticket.Exchanged, AdmissionRefusal.Exchanged),
            (left <= 0 && (ticket.State == TicketState.Used || ticket.Bar == AdmissionRefusal.None), AdmissionRefusal.AlreadyUsed),
            (ticket.VisitDay > gate.BusinessDay || (ticket.LastDay ?? ticket.VisitDay) < gate.BusinessDay, AdmissionRefusal.WrongDay),
            (ticket.Bar == AdmissionRefusal.BlackoutDay, AdmissionRefusal.BlackoutDay),
            (!gate.DayOpen, AdmissionRefusal.DayClosed),
            (ticket.Bar == AdmissionRefusal.UsedToday, AdmissionRefusal.UsedToday),
            (now > ticket.To, AdmissionRefusal.TooLate),
            (!gate.SiteAdmits, AdmissionRefusal.WrongSite),
            (now < ticket.From, AdmissionRefusal.TooEarly),
            (ticket.Bar == AdmissionRefusal.TooSoon, AdmissionRefusal.TooSoon),
            (asked < 1 || asked > left, AdmissionRefusal.TooManyPeople),
            (asked > gate.RoomInside, AdmissionRefusal.ParkFull),
            (!gate.LaneAdmits, AdmissionRefusal.LaneExitOnly),
        ];
        return reasons.FirstOrDefault(reason => reason.IsTrue).Reason;
    }

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);
}
