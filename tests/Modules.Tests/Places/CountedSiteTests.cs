namespace Shanmen.Modules.Tests.Places;

/// <summary>Who counts as inside the park, and where its limit holds (docs/algorithms/admission.md, "Room inside").</summary>
public abstract class CountedSiteTests(TestPark park)
{
    private async Task Limit(int people) =>
        (await park.Admin.Put("/api/park", new ParkTerms("试验景区", "Test Park", TestPark.ZoneOfNoon(park.Clock()), 3, "06:00", "22:00", people, ""))).MustBeDone();

    private async Task<(Guid Site, Guid Lane, Ticket[] Tickets)> Place(string name, bool countsInside, int tickets)
    {
        var site = await park.NewSite(name, 0, countsInside);
        var lane = await park.NewLane(await park.NewGate(site, name + "门"));
        return (site, lane, (await (await park.TheDesk()).Sell(await park.NewType(sites: [site]), quantity: tickets)).Tickets);
    }

    [Fact]
    public async Task The_parks_limit_holds_at_a_counted_site_without_a_limit_of_its_own_and_only_there()
    {
        var (island, ride) = (await Place("湖心岛", countsInside: true, 6), await Place("索道", countsInside: false, 4));
        var before = await park.Admin.Read<Board>("/api/board");
        await Limit((int)before.Inside + 3);
        var verdicts = await Task.WhenAll(island.Tickets.Select(t => park.Admit(t.Qr, island.Lane)));
        Assert.Equal(3, verdicts.Count(v => v.Word == "admitted"));
        Assert.All(verdicts.Where(v => v.Word != "admitted"), v => Assert.Equal("parkFull", v.Reason));
        // The park is full, but who rides within it was counted at the entrance.
        var riding = await park.Admit(ride.Tickets[0].Qr, ride.Lane);
        Assert.Equal(("admitted", before.Inside + 3), (riding.Word, riding.Inside));

        var board = await park.Admin.Read<Board>("/api/board");
        Assert.Equal((before.Inside + 3, before.Inside + 3), (board.Inside, board.Capacity));
        Assert.Equal(before.Entered + 4, board.Entered);
        var guard = await park.The("gateGuard");
        Assert.Equal(before.Inside + 3, (await guard.Post("/api/exits", new { laneId = ride.Lane, people = 1 })).As<Inside>().People);
        Assert.Equal(before.Inside + 2, (await guard.Post("/api/exits", new { laneId = island.Lane, people = 1 })).As<Inside>().People);

        // Everybody at the ride has left, so here the board is entries less exits; and verification counts the same people.
        board = await park.Admin.Read<Board>("/api/board");
        Assert.Equal(board.Entered - board.Exited, board.Inside);
        Assert.Equal("admitted", (await park.Admit(ride.Tickets[1].Qr, ride.Lane)).Word);
        Assert.Contains($"{board.Entered + 1} entries, {board.Inside} inside", (await park.Store.Verb("verify")).MustSucceed().Output);
        await Limit(1_000_000);
    }

    [Fact]
    public async Task The_office_decides_whether_a_site_counts_and_the_count_follows_at_once()
    {
        var ride = await Place("滑道", countsInside: false, 2);
        var before = (await park.Admin.Read<Board>("/api/board")).Inside;
        Assert.Equal(before, (await park.Admit(ride.Tickets[0].Qr, ride.Lane)).Inside);
        (await park.Admin.Put($"/api/sites/{ride.Site}", new { name = "滑道", nameEn = "Slide", capacity = 0, active = true, countsInside = true })).MustBeDone();
        Assert.Equal(before + 1, (await park.Admin.Read<Board>("/api/board")).Inside);
        // A client that says nothing of it means a site that counts.
        (await park.Admin.Put($"/api/sites/{ride.Site}", new { name = "滑道", nameEn = "Slide", capacity = 0, active = true })).MustBeDone();
        Assert.Equal(before + 2, (await park.Admit(ride.Tickets[1].Qr, ride.Lane)).Inside);
        await park.MustVerify();
    }
}

public sealed class CountedSiteOnSqlite(SqlitePark park) : CountedSiteTests(park), IClassFixture<SqlitePark>;
public sealed class CountedSiteOnPostgres(PostgresPark park) : CountedSiteTests(park), IClassFixture<PostgresPark>;
