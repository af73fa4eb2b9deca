using Shanmen.Client;

namespace Shanmen.Holiday.Day;

/// <summary>The ticket types that the visitors know.</summary>
enum TicketKind
{
    Adult, Child, Student, Senior, Group,
    /// <summary>Evening lanterns (夜场灯会), at a site of their own.</summary>
    Lantern,
    /// <summary>A type made for the day with few places, to be sold out (售罄).</summary>
    Sunrise,
    /// <summary>A type made for the day that admits once on each of two days (两日票).</summary>
    TwoDays,
}

/// <summary>A gate with the lanes that let in and those that count out, as places in <see cref="Ground.Lanes"/>.</summary>
sealed record GatePlace(Guid Id, Guid SiteId, int[] LanesIn, int[] LanesOut);

/// <summary>The park as the interface shows it: where people buy, go in and go out, and which tickets there are.</summary>
sealed record Ground(Park Park, Site[] Sites, Window[] Windows, Lane[] Lanes, GatePlace[] MountainGates, GatePlace[] LanternGates, IReadOnlyDictionary<TicketKind, TicketType> Types)
{
    /// <summary>Reads the park and adds the type that is to sell out, and one for two days.</summary>
    /// <exception cref="ClientException">It has no type for some kind of visitor, or no gate for it.</exception>
    public static async Task<Ground> Survey(CentreApi api, Badge admin, int sunrisePlaces)
    {
        var sites = await api.Get<Site[]>(admin, "/api/sites");
        var lanes = await api.Get<Lane[]>(admin, "/api/admission/lanes");
        var windows = (await api.Get<Window[]>(admin, "/api/windows")).Where(w => w.Active).OrderBy(w => w.Number).ToArray();
        var all = (await api.Get<TicketType[]>(admin, "/api/ticket-types")).Where(t => t.Active).ToArray();
        TicketType Single(string visitor) => all.FirstOrDefault(t => t.VisitorType == visitor && t.MaxPeople == 1) ?? throw Missing(visitor);

        var adult = Single("adult");
        var mountain = adult.SiteIds[0];
        async Task<TicketType> Made(string code, string name, string nameEn, long weekdayFen, long holidayFen, int? places, Admission? admission)
        {
            var id = api.NewKey();
            await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/ticket-types/{id}", new TicketTypeRequest(code, name, nameEn, "single", "any", null, "none", null,
                1, 1, [mountain], adult.FromTime, adult.ToTime, weekdayFen, holidayFen, places, "", Active: true, admission));
            return (await api.Get<TicketType[]>(admin, "/api/ticket-types")).First(t => t.Id == id);
        }
        var types = new Dictionary<TicketKind, TicketType>
        {
            [TicketKind.Adult] = adult, [TicketKind.Child] = Single("child"), [TicketKind.Student] = Single("student"), [TicketKind.Senior] = Single("senior"),
            [TicketKind.Group] = all.FirstOrDefault(t => t.VisitorType == "group" && t.MaxPeople > 1) ?? throw Missing("group"),
            [TicketKind.Lantern] = all.FirstOrDefault(t => !t.SiteIds.Contains(mountain) && t.MaxPeople == 1 && t.SiteIds.Any(s => sites.Any(x => x.Id == s && x.Capacity > 0))) ?? throw Missing("lantern"),
            [TicketKind.Sunrise] = await Made("SUNRISE", "观景台早场票", "Sunrise Terrace", adult.WeekdayFen, adult.HolidayFen, sunrisePlaces, null),
            [TicketKind.TwoDays] = await Made("TWODAYS", "两日游园票", "Two Days in the Park", adult.WeekdayFen * 3 / 2, adult.HolidayFen * 3 / 2, null, new(new("fromVisitDay", 2), 1, null, [], null, [], [])),
        };
        return new Ground(await api.Get<Park>(admin, "/api/park"), sites, windows, lanes, GatesOf(lanes, mountain), GatesOf(lanes, types[TicketKind.Lantern].SiteIds[0]), types);
    }

    public Guid Mountain => MountainGates[0].SiteId;
    public Guid Lanterns => LanternGates[0].SiteId;

    /// <summary>Minutes from midnight of "HH:mm".</summary>
    public static int MinuteOf(string time) => (int)TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private static GatePlace[] GatesOf(Lane[] lanes, Guid site)
    {
        int[] Through(IEnumerable<int> some, string closed) => [.. some.Where(i => lanes[i].Direction != closed)];
        var gates = Enumerable.Range(0, lanes.Length).Where(i => lanes[i].SiteId == site).GroupBy(i => lanes[i].GateId)
            .Select(g => new GatePlace(g.Key, site, Through(g, "out"), Through(g, "in"))).Where(g => g.LanesIn.Length > 1 && g.LanesOut.Length > 0).ToArray();
        return gates.Length > 0 ? gates : throw Missing("gate");
    }

    private static ClientException Missing(string what) => new($"景区缺少 / the park lacks: {what}");
}
