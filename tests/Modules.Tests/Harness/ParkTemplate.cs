using System.Collections.Concurrent;

namespace Shanmen.Modules.Tests.Harness;

/// <summary>Somebody who has chosen a password and is signed in.</summary>
public sealed record Colleague(string Role, string Login, string Password, string Cookie, Guid StaffId);

/// <summary>
/// A furnished park whose people are signed in. It is made once for each kind of store, because opening a park and hashing its people's passwords
/// costs more than most tests do; every class of tests gets a copy of the stopped store, with the park's own keys.
/// </summary>
public sealed class ParkTemplate(bool postgres) : TestPark
{
    // As many as classes of tests usually hire; whoever needs more hires them.
    private static readonly string[] Posts = ["clerk", "clerk", "clerk", "gateGuard", "manager", "finance"];
    private static readonly Lazy<Task<ParkTemplate>> Sqlite = new(() => Make(postgres: false)), Postgres = new(() => Make(postgres: true));

    private readonly List<Colleague> _people = [];

    /// <summary>A store of its own, with the furnished park in it.</summary>
    public static async Task<Store> NewStore(bool postgres)
    {
        var template = await (postgres ? Postgres : Sqlite).Value;
        var store = postgres ? await Store.Postgres(template: template.Store) : Store.Sqlite();
        foreach (var file in Directory.GetFiles(template.Store.Folder).Where(f => Path.GetFileName(f) is "keys.json" or "shanmen.db" or "shanmen.db-wal"))
            File.Copy(file, Path.Combine(store.Folder, Path.GetFileName(file)));
        store.Template = template;
        return store;
    }

    /// <summary>The people of a copy, each to be given out once.</summary>
    public ConcurrentQueue<Colleague> People(string role) => new(_people.Where(p => p.Role == role));

    protected override async Task<Store> NewStore() => postgres ? await Store.Postgres() : Store.Sqlite();

    private static async Task<ParkTemplate> Make(bool postgres)
    {
        var park = new ParkTemplate(postgres);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => park.DisposeAsync().GetAwaiter().GetResult();
        await park.InitializeAsync();
        foreach (var post in Posts)
        {
            var caller = await park.Hire(post);
            park._people.Add(new Colleague(post, caller.Login, caller.Password, caller.Cookie!, caller.StaffId));
        }
        // Only a stopped store may be copied.
        await park.Centre.Close();
        return park;
    }
}
