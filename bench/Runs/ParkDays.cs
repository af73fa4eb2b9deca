using System.Diagnostics;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>The business days of a simulated park: begun in the morning with open shifts, ended in the evening with counted drawers and closed books.</summary>
internal static class ParkDays
{
    /// <summary>When selling begins, by the park's wall clock.</summary>
    public static readonly TimeSpan Opens = TimeSpan.FromHours(8);
    // Before the sessions of the morning end, after twelve hours.
    private static readonly TimeSpan HandOver = TimeSpan.FromHours(19), Late = TimeSpan.FromHours(19.5);

    public static DateTimeOffset Moment(string timeZone, DateOnly day, TimeSpan at) =>
        TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.FromTimeSpan(at)), TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary>The park of this server on the day after its last one, with so many desks open. A day that was left open is ended before.</summary>
    public static async Task<BenchPark> NextDay(BenchStore store, CentreApi api, int desks)
    {
        var book = store.Book ?? throw new InvalidOperationException("The store has no park yet.");
        var park = await BenchPark.Find(api, book);
        await EndLast(park);
        await Begin(store, park, book.LastDay.AddDays(1), desks);
        return park;
    }

    public static async Task Begin(BenchStore store, BenchPark park, DateOnly day, int desks)
    {
        await park.Api.SetClock(park.Admin, Moment(park.Book.TimeZone, day, Opens));
        park.Book.LastDay = day;
        // Kept at once: whoever finds the store again must know which day was left open.
        store.Keep(park.Book);
        foreach (var desk in park.Book.Desks) desk.Badge.Cookie = null;
        await park.Api.SignIn(park.Admin, "admin", park.Book.Password);
        await park.OpenShifts(desks);
        store.Keep(park.Book);
    }

    /// <summary>Ends the day; returns how long closing its books took, in milliseconds.</summary>
    public static async Task<double> End(BenchStore store, BenchPark park)
    {
        await park.Api.SetClock(park.Admin, Moment(park.Book.TimeZone, park.Today, HandOver));
        var taken = await Close(park);
        store.Keep(park.Book);
        return taken;
    }

    /// <summary>Ends the last day of a store that was found again, as far as it was left open by a measured run or by a fill that was stopped.</summary>
    private static async Task EndLast(BenchPark park)
    {
        await park.Api.SetClock(park.Admin, Moment(park.Book.TimeZone, park.Today, Late));
        await park.Api.SignIn(park.Admin, "admin", park.Book.Password);
        foreach (var shift in await park.Api.Get<Shift[]>(park.Admin, $"/api/shifts?day={BenchPark.Text(park.Today)}"))
        {
            if (shift.State != "open") continue;
            var desk = park.Book.Desks.Single(d => d.Window == shift.WindowId);
            (desk.Shift, desk.DrawerFen) = (shift.Id, shift.FloatFen!.Value + shift.CashFen!.Value);
            await park.SignIn(desk);
        }
        await Close(park);
    }

    private static async Task<double> Close(BenchPark park)
    {
        // A drawer that does not hold what its desk has sold is refused, because no reason is given.
        await Task.WhenAll(park.Desks.Select(async desk =>
        {
            await park.Api.Change<Shift>(HttpMethod.Post, desk.Badge, $"/api/shifts/{desk.Shift}/close", new CloseShiftRequest(desk.DrawerFen, ""));
            desk.Shift = Guid.Empty;
        }));
        var path = $"/api/days/{BenchPark.Text(park.Today)}/close";
        var start = Stopwatch.GetTimestamp();
        var answer = await park.Api.Send(HttpMethod.Post, path, park.Admin, CentreApi.Encode(new Nothing()), park.Api.NewKey());
        if (answer.IsDone) park.Book.Days++;
        else if (answer.Status != 409 || answer.Code != "alreadyClosed") throw new ClientException($"{path}: {answer.Sentence}");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
