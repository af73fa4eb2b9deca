namespace Shanmen.Modules.Tests.Admitting;

/// <summary>A ticket that we did not sign opens nothing (O6).</summary>
public sealed class ForgedTicketTests(SqlitePark park, ForgedTicketTests.OtherPark other) : IClassFixture<SqlitePark>, IClassFixture<ForgedTicketTests.OtherPark>
{
    public sealed class OtherPark : SqlitePark
    {
        // Another installation has keys of its own; furnished parks are copies of one.
        protected override bool IsFurnished => false;
    }

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    [Fact]
    public async Task A_code_with_a_changed_character_is_never_admitted()
    {
        var ticket = (await (await park.TheDesk()).Sell(await park.NewType())).Tickets[0];
        var guard = await park.The("gateGuard");
        var forged = new List<string>();
        // Each seventh character changed alone, to a neighbour and to a far one; two exchanged; cut off at each length.
        for (var i = 0; i < ticket.Qr.Length; i += 7)
            foreach (var step in new[] { 1, 11, 23 })
                forged.Add(Changed(ticket.Qr, i, step));
        for (var i = 1; i < ticket.Qr.Length; i += 7)
            if (ticket.Qr[i] != ticket.Qr[i - 1]) forged.Add(ticket.Qr[..(i - 1)] + ticket.Qr[i] + ticket.Qr[i - 1] + ticket.Qr[(i + 1)..]);
        for (var length = 1; length < ticket.Qr.Length; length += 5) forged.Add(ticket.Qr[..length]);
        forged.AddRange([ticket.Qr + "A", ticket.Qr + ticket.Qr[..20], new string([.. ticket.Qr.Reverse()]), ticket.ShortCode[..15], ticket.ShortCode + "0", Changed(ticket.ShortCode, 7, 1)]);
        foreach (var code in forged.Where(c => c.Trim().Length > 0))
        {
            var verdict = await park.Admit(code, guard: guard);
            Assert.True(verdict.Word == "refused" && verdict.Reason is "damagedCode" or "alteredCode" or "foreignPark" or "unknownCode", $"{code}: {verdict}");
            Assert.Null(verdict.ShortCode == ticket.ShortCode ? verdict.ShortCode : null);
        }
        // The control: the true code does open, so the refusals above were earned.
        Assert.Equal("admitted", (await park.Admit(ticket.Qr)).Word);
    }

    private static string Changed(string code, int at, int step) => code[..at] + Alphabet[(Alphabet.IndexOf(code[at]) + step) % Alphabet.Length] + code[(at + 1)..];

    [Fact]
    public async Task Another_installations_ticket_is_refused()
    {
        var theirs = (await (await other.TheDesk()).Sell(await other.NewType())).Tickets[0];
        var verdict = await park.Admit(theirs.Qr);
        Assert.Equal("refused", verdict.Word);
        Assert.Contains(verdict.Reason, new[] { "alteredCode", "foreignPark" });
        Assert.Equal("unknownCode", (await park.Admit(theirs.ShortCode)).Reason);
        Assert.Equal("admitted", (await other.Admit(theirs.Qr)).Word);
    }
}
