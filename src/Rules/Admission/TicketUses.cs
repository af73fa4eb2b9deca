namespace Shanmen.Rules.Admission;

/// <summary>How a ticket was used at one site.</summary>
/// <param name="InAll">Entries in all.</param>
/// <param name="Day">The last business day of an entry.</param>
/// <param name="Today">Entries on that day.</param>
/// <param name="LastAt">Microseconds since 1970, UTC, of the last entry.</param>
public sealed record SiteUses(Guid SiteId, int InAll, DateOnly Day, int Today, long LastAt)
{
    /// <summary>Entries on a business day. A gate that is behind the last entry counts on with that day's: no clock set back gives another round.</summary>
    internal int On(DateOnly day) => day > Day ? 0 : Today;
}

/// <summary>How a ticket with terms was used so far. See docs/algorithms/admission.md.</summary>
/// <param name="FirstDay">The business day of the first entry.</param>
public sealed record TicketUses(DateOnly FirstDay, SiteUses[] Sites)
{
    /// <summary>After people went in.</summary>
    /// <param name="before">The uses until then; null = none.</param>
    /// <param name="day">The business day at the gate.</param>
    /// <param name="at">Microseconds since 1970, UTC.</param>
    public static TicketUses After(TicketUses? before, Guid site, DateOnly day, int people, long at)
    {
        var was = before?.At(site);
        var now = new SiteUses(site, (was?.InAll ?? 0) + people, was is not null && was.Day > day ? was.Day : day, (was?.On(day) ?? 0) + people, Math.Max(at, was?.LastAt ?? at));
        return new(before?.FirstDay ?? day, [.. before?.Sites.Where(s => s.SiteId != site) ?? [], now]);
    }

    /// <summary>Entries in all, over all sites.</summary>
    internal long InAll => Sites.Sum(s => (long)s.InAll);

    internal long On(DateOnly day) => Sites.Sum(s => (long)s.On(day));

    internal SiteUses? At(Guid site) => Array.Find(Sites, s => s.SiteId == site);

    /// <summary>People of a ticket who went in at least once, at most all of them.</summary>
    public int PeopleSeen(int people) => (int)Math.Min(people, InAll);

    public bool Equals(TicketUses? other) => other is not null && FirstDay == other.FirstDay && Sites.AsSpan().SequenceEqual(other.Sites);

    public override int GetHashCode() => HashCode.Combine(FirstDay, Sites.Length);
}
