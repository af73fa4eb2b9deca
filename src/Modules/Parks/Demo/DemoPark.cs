using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>The demo park and its sites that tickets admit to.</summary>
public sealed record DemoSites(int Park, Guid Mountain, Guid CableCar, Guid Lanterns)
{
    /// <summary>Codes of the partners in its combined tickets.</summary>
    public const string CableCompany = "cable", LanternTroupe = "lantern";
}

/// <summary>
/// Fills a new store with an invented mountain park, 云岭山: no such place exists, but its size and hours are those of a large one.
/// Everything goes through the same writes as the office's own work.
/// </summary>
public sealed class DemoPark(WriteQueue queue, PersonalText personal, Passwords passwords, ParkTimes times, ParkDirectory parks)
{
    private const int Park = SetUpSystem.FirstPark;
    private const string Zone = "Asia/Shanghai";

    /// <summary>Writes park, places and staff.</summary>
    /// <param name="passwordOf">The password for a login; null = one that nobody knows, until an administrator resets it. Logins: admin, clerk1 to clerk9, gate1 to gate4, manager, finance.</param>
    /// <exception cref="InvalidOperationException">The store is already set up.</exception>
    public async Task<DemoSites> Fill(Func<string, string?> passwordOf)
    {
        var terms = new ParkTerms("云岭山景区", "Yunling Mountain", Zone, 3, new(6, 30), new(22, 0), 41_000,
            "日间 06:30-18:30 开放；灯会之夜 17:30-22:00。");
        times.Set(Park, TimeZoneInfo.FindSystemTimeZoneById(Zone), terms.CutOffHour);
        // A hash takes long on purpose, so those whom nobody can sign in as share one.
        var unknown = await passwords.Hash(Passwords.Random());
        var staff = await Task.WhenAll(DemoStaff.All.Select(async p => Row(p, passwordOf(p.Login) is { } password ? await passwords.Hash(password) : unknown)));
        await Send(new SetUpSystem.Write(Park, terms, staff));

        var sites = new DemoSites(Park, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Send(SavePlace.Of(Park, new SiteTerms(sites.Mountain, "山门景区", "Mountain Gate Area", 23_000, Active: true)));
        // The cable car runs within the mountain area: who rides it is counted there already.
        await Send(SavePlace.Of(Park, new SiteTerms(sites.CableCar, "云顶索道", "Cloud Summit Cable Car", 0, Active: true, CountsInside: false)));
        await Send(SavePlace.Of(Park, new SiteTerms(sites.Lanterns, "灯会广场", "Lantern Square", 8_000, Active: true)));

        // The cable car is another company's, and the lanterns a troupe's.
        await Send(new SaveDictionary.Saving(Park, DictionaryKind.Partner, 0,
            [new(DemoSites.CableCompany, "云顶索道公司", "Cloud Summit Cable Cars", Active: true), new(DemoSites.LanternTroupe, "灯会演艺公司", "Lantern Troupe", Active: true)]));
        await Send(new SaveDictionary.Saving(Park, DictionaryKind.Agency, 0,
            [new("yunling", "云岭旅行社", "Yunling Travel", Active: true), new("jinri", "今日国旅", "Today Tours", Active: true)]));

        await AddGate(sites.Mountain, "东山门", "East Gate", lanesIn: 6, lanesOut: 1);
        await AddGate(sites.Mountain, "西山门", "West Gate", lanesIn: 6, lanesOut: 1);
        await AddGate(sites.CableCar, "索道下站", "Cable Car Lower Station", lanesIn: 2, lanesOut: 1);
        await AddGate(sites.Lanterns, "灯会入口", "Lantern Entrance", lanesIn: 3, lanesOut: 1);
        for (var number = 1; number <= 8; number++)
            await Send(SavePlace.Of(Park, Window(number <= 6 ? sites.Mountain : number == 7 ? sites.CableCar : sites.Lanterns, number, $"{number}号窗口", $"Window {number}"), parks));
        await Send(SavePlace.Of(Park, Window(sites.Mountain, 9, "团队窗口", "Group Window"), parks));
        return sites;
    }

    private async Task AddGate(Guid site, string name, string nameEn, int lanesIn, int lanesOut)
    {
        var gate = new GateTerms(Guid.CreateVersion7(), site, name, nameEn, Active: true);
        await Send(SavePlace.Of(Park, gate));
        for (var number = 1; number <= lanesIn + lanesOut; number++)
        {
            var isOut = number > lanesIn;
            await Send(SavePlace.Of(Park, new LaneTerms(Guid.CreateVersion7(), gate.Id, number, isOut ? $"{name}出口" : $"{name}{number}道",
                isOut ? LaneDirection.Out : LaneDirection.In, Active: true, isOut ? $"{nameEn} Exit" : $"{nameEn} {number}"), hasDeviceKey: false, parks));
        }
    }

    private static WindowTerms Window(Guid site, int number, string name, string nameEn) =>
        new(Guid.CreateVersion7(), site, number, name, F3Action.Drawer, PrinterKind.Browser80, AutoPrint: true, Active: true, nameEn);

    private StaffRow Row(DemoStaff person, string hash) =>
        SaveStaff.NewRow(personal, Park, Guid.CreateVersion7(), person.Login, person.Name, phone: "", [person.Role], hash, mustChange: false);

    private async Task Send(IWrite write)
    {
        var answer = await queue.Send(WriteKey.Own(Park, Guid.CreateVersion7()), write);
        if (answer.Refusal is { } refusal) throw new InvalidOperationException($"The demo park could not be written: {refusal.Reason}.");
    }
}
