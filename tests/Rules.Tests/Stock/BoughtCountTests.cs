using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class BoughtCountTests
{
    private static readonly BoughtCount Nothing = new([]);

    /// <summary>What happened to a number: tickets bought or given back.</summary>
    private sealed record Event(DateOnly On, DateOnly Visit, DateOnly Sold, int Tickets);

    public static TheoryData<string> Examples => DocTable.Rows("quotas.md", "Examples: what counts");

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_a_number_bought_counts_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var count = DocTable.OrNull(cells[0]) is { } text ? After(text.Split(", ").Select(EventOf)) : Nothing;
        Assert.Equal(new Bought(int.Parse(cells[4]), int.Parse(cells[5])), count.For(DateOnly.Parse(cells[2]), DateOnly.Parse(cells[1]), int.Parse(cells[3])));
    }

    [Fact]
    public void The_count_is_that_of_a_list_that_forgets_nothing() => Holds.ForAll(AnyLife, life => IsNaive(life, (count, e) => count.With(e.Visit, e.Sold, e.Tickets, e.On)), 100_000);

    [Fact]
    public void Control_a_count_that_forgets_a_day_too_soon_is_found() =>
        Assert.ThrowsAny<Exception>(() => Holds.ForAll(AnyLife, life => IsNaive(life, (count, e) => count.With(e.Visit, e.Sold, e.Tickets, e.On.AddDays(PersonTerms.PeriodDaysMax))), 100_000));

    [Fact]
    public void What_can_count_no_more_is_forgotten()
    {
        var (sold, visit) = (new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 3));
        var count = Nothing.With(visit, sold, 2, sold);
        var later = new DateOnly(2026, 3, 1);
        Assert.Equal([new(later, later, 1)], count.With(later, later, 1, later).Cells);
        Assert.Empty(count.With(visit, sold, -1, later).Cells);
    }

    private static readonly DateOnly First = new(2026, 1, 1);

    /// <summary>Days that pass, and on each of some of them tickets that are bought or given back.</summary>
    private static Gen<(Event[] Events, DateOnly Visit, int Period)> AnyLife { get; } =
        from steps in (from later in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(100, 400)) from ahead in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(0, 366)) from tickets in Gen.Choose(-2, 3) from which in Gen.Choose(0, 9)
                       select (later, ahead, tickets, which)).ArrayOf(12)
        from last in Gen.Choose(0, 4)
        from period in Gen.OneOf(Gen.Choose(0, 7), Gen.Choose(0, PersonTerms.PeriodDaysMax))
        select (EventsOf(steps), EventsOf(steps)[^1].On.AddDays(last), period);

    /// <summary>Only what was bought before goes back, and no more of it than there is.</summary>
    private static Event[] EventsOf((int Later, int Ahead, int Tickets, int Which)[] steps)
    {
        var (events, day) = (new List<Event>(), First);
        foreach (var (later, ahead, tickets, which) in steps)
        {
            day = day.AddDays(later);
            if (tickets > 0)
            {
                events.Add(new(day, day.AddDays(ahead), day, tickets));
            }
            else if (events.Count > 0 && events[which % events.Count] is var of && Left(events, of.Visit, of.Sold) is > 0 and var left)
            {
                events.Add(new(day, of.Visit, of.Sold, -Math.Min(left, Math.Max(1, -tickets))));
            }
        }

        return events.Count > 0 ? [.. events] : [new(day, day, day, 1)];
    }

    private static int Left(IEnumerable<Event> events, DateOnly visit, DateOnly sold) => events.Where(e => e.Visit == visit && e.Sold == sold).Sum(e => e.Tickets);

    private static bool IsNaive((Event[] Events, DateOnly Visit, int Period) life, Func<BoughtCount, Event, BoughtCount> with)
    {
        var (count, today) = (Nothing, life.Events[^1].On);
        foreach (var e in life.Events)
        {
            count = with(count, e);
        }

        var naive = new Bought(life.Events.Where(e => e.Visit == life.Visit).Sum(e => e.Tickets),
            life.Events.Where(e => today.DayNumber - e.Sold.DayNumber < life.Period).Sum(e => e.Tickets));
        return count.For(life.Visit, today, life.Period) == naive && count.Cells.All(c => c.Tickets > 0);
    }

    private static BoughtCount After(IEnumerable<Event> events) => events.Aggregate(Nothing, (count, e) => count.With(e.Visit, e.Sold, e.Tickets, e.On));

    // "2026-09-24 buys 2 for 2026-10-03", "2026-09-25 returns 1 for 2026-10-03 of 2026-09-24".
    private static Event EventOf(string text)
    {
        var words = text.Split(' ');
        var (on, visit) = (DateOnly.Parse(words[0]), DateOnly.Parse(words[4]));
        return words[1] == "buys" ? new(on, visit, on, int.Parse(words[2])) : new(on, visit, DateOnly.Parse(words[6]), -int.Parse(words[2]));
    }
}
