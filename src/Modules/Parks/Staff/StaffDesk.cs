using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;

namespace Shanmen.Modules.Parks;

/// <summary>Checks passwords and knows names. Unknown login and wrong password take the same time and look the same.</summary>
internal sealed partial class StaffDesk(Database database, PersonalText personal, Passwords passwords, SignInThrottle throttle)
{
    private readonly SemaphoreSlim _oneReader = new(1);
    private volatile FrozenDictionary<Guid, string> _names = FrozenDictionary<Guid, string>.Empty;

    /// <summary>Logins are compared without regard to case and blanks around them.</summary>
    public static string Normalise(string? login) => (login ?? "").Trim().ToLowerInvariant();

    /// <summary>2 to 32 small letters, digits, dots, hyphens or underscores, the first a letter or digit.</summary>
    public static bool IsLogin(string normalised) => LoginForm().IsMatch(normalised);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{1,31}\z")]
    private static partial Regex LoginForm();

    public string NameOf(Guid id) => _names.GetValueOrDefault(id, "");

    /// <summary>The person with this login and password, if active, or the seconds to wait before the next try is looked at.</summary>
    public async Task<(StaffRow? Staff, int WaitSeconds)> Check(string? login, string? password, string address)
    {
        var name = Normalise(login);
        if (name.Length > 40) name = name[..40];
        if (throttle.Wait(name, address) is > 0 and var seconds) return (null, seconds);
        var staff = await database.First(StaffRow.Table.Read, StaffRow.Table.Select + " where login = @1", name);
        var tried = password is { Length: > 0 and <= Passwords.LengthMax } ? password : "";
        var matches = await passwords.Matches(staff is { Active: true } ? staff.Password : null, tried);
        if (!matches)
        {
            throttle.Failed(name, address);
            return (null, 0);
        }
        throttle.Succeeded(name, address);
        return (staff, 0);
    }

    public async Task<Endorsement> Vouch(string login, string password, string address, int park)
    {
        var (staff, wait) = await Check(login, password, address);
        // A first password is known to whoever handed it out, so it vouches for nothing.
        return staff is null || staff.Park != park || staff.MustChange ? new Endorsement(null, wait) : new Endorsement(PrincipalOf(staff, Guid.Empty), 0);
    }

    public Principal PrincipalOf(StaffRow staff, Guid session)
    {
        var roles = Roles.Parse(staff.Roles);
        return new(staff.Id, Reveal(staff.Name, "staff.name"), staff.Login, staff.Park, Roles.PermissionsOf(roles), roles, staff.MustChange, null, session);
    }

    public string Reveal(byte[] value, string purpose) => personal.Shown(value, purpose);

    public async Task<List<StaffName>> WhoMay(int park, Permission permission) =>
        [.. (await database.Query(StaffRow.Table.Read, StaffRow.Table.Select + " where park = @1 order by login", park)).Where(s => s.Active && Roles.PermissionsOf(Roles.Parse(s.Roles)).Contains(permission))
            .Select(s => new StaffName(s.Id, Reveal(s.Name, "staff.name")))];

    public async Task LoadNames()
    {
        await _oneReader.WaitAsync();
        try
        {
            var rows = await database.Query(r => (Id: r.Id(0), Name: r.Bytes(1)), "select id, name from staff");
            _names = rows.ToFrozenDictionary(r => r.Id, r => personal.Shown(r.Name, "staff.name"));
        }
        finally { _oneReader.Release(); }
    }

    /// <summary>Reads the names again in the background: the log, which is followed, carries none.</summary>
    public void NamesChanged() => _ = Task.Run(LoadNames);
}
