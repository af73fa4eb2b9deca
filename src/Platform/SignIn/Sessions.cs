using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Platform.SignIn;

/// <summary>
/// Finds who stands behind a cookie or a device key. What it knows is at most three seconds old, so a changed role, a new
/// password or a revoked key takes effect within five seconds everywhere, also on another node.
/// </summary>
public sealed class Sessions(Database database, PersonalText personal, TimeProvider clock)
{
    public const string CookieName = "shanmen";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(3);

    private sealed record Known(Principal? Principal, DateTimeOffset ExpiresAt, long ReadAt);
    private readonly ConcurrentDictionary<Guid, Known> _people = [], _devices = [];

    public static string NewToken() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    /// <summary>The row id of a token: the table holds no token.</summary>
    public static Guid IdOf(string token) => new(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 16), bigEndian: true);

    public Task<Principal?> Person(string token) => Find(_people, IdOf(token), ReadPerson);
    public Task<Principal?> Device(string key) => Find(_devices, IdOf(key), ReadDevice);

    /// <summary>Forgets everything at once: after a change of roles, password or keys on this node.</summary>
    public void Forget() { _people.Clear(); _devices.Clear(); }

    private async Task<Principal?> Find(ConcurrentDictionary<Guid, Known> known, Guid id, Func<Guid, Task<Known>> read)
    {
        // Age is measured on the machine's monotonic clock: a simulated clock stands still.
        if (!known.TryGetValue(id, out var found) || TimeProvider.System.GetElapsedTime(found.ReadAt) > KnownFor)
        {
            found = await read(id);
            if (known.Count > 20_000) known.Clear();
            if (found.Principal is null) known.TryRemove(id, out _);
            else known[id] = found;
        }
        return found.ExpiresAt > clock.GetUtcNow() ? found.Principal : null;
    }

    private async Task<Known> ReadPerson(Guid id)
    {
        var rows = await database.Query(r => new
        {
            Staff = r.Id(0), Park = r.Int(1), Login = r.Text(2), Name = r.Bytes(3), Roles = r.Text(4), MustChange = r.Bool(5), Expires = r.Long(6),
        }, "select s.id, s.park, s.login, s.name, s.roles, s.must_change, e.expires_at from session e join staff s on s.id = e.staff "
            + "where e.id = @1 and e.ended = 0 and s.active = 1 and s.version = e.version", id);
        if (rows is not [var row]) return new Known(null, default, TimeProvider.System.GetTimestamp());
        var roles = SignIn.Roles.Parse(row.Roles);
        return new Known(new Principal(row.Staff, personal.Shown(row.Name, "staff.name"), row.Login, row.Park, SignIn.Roles.PermissionsOf(roles), roles,
            row.MustChange, null, id), Moments.From(row.Expires), TimeProvider.System.GetTimestamp());
    }

    private async Task<Known> ReadDevice(Guid id)
    {
        var rows = await database.Query(r => new { Park = r.Int(0), Lane = r.Id(1) },
            "select park, lane from device_key where id = @1 and revoked = 0", id);
        if (rows is not [var row]) return new Known(null, default, TimeProvider.System.GetTimestamp());
        return new Known(new Principal(id, "device", "", row.Park, SignIn.Roles.PermissionsOf([Role.GateGuard]), [], false, row.Lane, Guid.Empty),
            DateTimeOffset.MaxValue, TimeProvider.System.GetTimestamp());
    }
}
