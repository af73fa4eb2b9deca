using System.Text.Json;
using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Platform.Tests;

/// <summary>
/// Terms and uses of sold tickets as they lie in stores. Verification compares them byte by byte with what their facts give, so whoever adds a
/// member gives it a default that is not written.
/// </summary>
public class KeptTermsTests
{
    private const string Terms = """
        {"validity":{"kind":"fromFirstUse","days":3,"startWithin":30,"from":null,"to":null},"perDay":1,"inAll":null,"sites":[{"siteId":"01a2047a-d37f-7ba1-b026-18d21ec924e9","perDay":2,"inAll":null}],"intervalMinutes":30,"notOn":["weekend","holiday"],"blackout":[{"from":"2026-12-24","to":"2026-12-26"}]}
        """;
    private const string Uses = """
        {"firstDay":"2026-11-21","sites":[{"siteId":"01a2047a-d37f-7ba1-b026-18d21ec924e9","inAll":4,"day":"2026-11-22","today":1,"lastAt":1795341600000000}]}
        """;

    [Fact]
    public void They_are_read_and_written_as_they_were() => Assert.Equal((Terms, Uses), (Again<AdmissionTerms>(Terms), Again<TicketUses>(Uses)));

    [Fact]
    public void And_mean_what_they_meant()
    {
        var terms = JsonSerializer.Deserialize<AdmissionTerms>(Terms, Json.Options)!;
        Assert.Equal((ValidityKind.FromFirstUse, 3, 30, 1, null, 30), (terms.Validity.Kind, terms.Validity.Days, terms.Validity.StartWithin, terms.PerDay, terms.InAll, terms.IntervalMinutes));
        Assert.Equal([DayKind.Weekend, DayKind.Holiday], terms.NotOn);
        Assert.Equal([new DayRange(new(2026, 12, 24), new(2026, 12, 26))], terms.Blackout);
        Assert.Equal(2, terms.Sites.Single().PerDay);
        Assert.Equal(4, JsonSerializer.Deserialize<TicketUses>(Uses, Json.Options)!.PeopleSeen(9));
    }

    private static string Again<T>(string text) => JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(text, Json.Options), Json.Options);
}
