using System.Text.RegularExpressions;

namespace Shanmen.Modules.Tests.SignIn;

/// <summary>Two parks in one store: whoever administers the second is a stranger in the first.</summary>
public interface ITwoParks
{
    TestPark First { get; }
    Caller OtherAdmin { get; }
}

internal static partial class SecondPark
{
    /// <summary>Adds a park by the program's verb, which needs the store to itself, and signs its administrator in.</summary>
    public static async Task<Caller> Open(TestPark park, IReadOnlyDictionary<string, string> environment)
    {
        await park.Centre.Close();
        var added = (await park.Store.Verb("add-park", "--name", "邻家景区", "--login", "neighbour")).MustSucceed();
        park.Centre = await Centre.Start(park.Store, environment);
        var password = PasswordLine().Match(added.Output).Groups[1].Value;
        Assert.NotEqual("", password);
        var admin = park.NewCaller();
        if ((await admin.SignIn("neighbour", password)).Staff!.MustChangePassword) (await admin.ChangePassword(password, "the neighbour's words")).MustBeDone();
        return admin;
    }

    [GeneratedRegex(@"PASSWORD neighbour (\S+)")]
    private static partial Regex PasswordLine();
}

public sealed class TwoParksOnSqlite : SqlitePark, ITwoParks
{
    public TestPark First => this;
    protected override IReadOnlyDictionary<string, string> Environment { get; } = Screens.InPlaceOfTheBuilt();
    public Caller OtherAdmin { get; private set; } = null!;
    protected override async Task Furnish()
    {
        await base.Furnish();
        OtherAdmin = await SecondPark.Open(this, Environment);
    }
}

public sealed class TwoParksOnPostgres : PostgresPark, ITwoParks
{
    public TestPark First => this;
    protected override IReadOnlyDictionary<string, string> Environment { get; } = Screens.InPlaceOfTheBuilt();
    public Caller OtherAdmin { get; private set; } = null!;
    protected override async Task Furnish()
    {
        await base.Furnish();
        OtherAdmin = await SecondPark.Open(this, Environment);
    }
}
