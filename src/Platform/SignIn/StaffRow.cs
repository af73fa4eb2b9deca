using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.SignIn;

/// <summary>A person who can sign in. Name and phone are protected; the version rises with every change that must end sessions.</summary>
public sealed record StaffRow(Guid Id, int Park, string Login, byte[] Name, byte[] Phone, byte[] PhoneHash, string Roles, bool Active,
    bool MustChange, string Password, long Version, long CreatedAt)
{
    public static readonly RowTable<Guid, StaffRow> Table = new("staff",
        "id, park, login, name, phone, phone_hash, roles, active, must_change, password, version, created_at",
        r => new StaffRow(r.Id(0), r.Int(1), r.Text(2), r.Bytes(3), r.Bytes(4), r.Bytes(5), r.Text(6), r.Bool(7), r.Bool(8), r.Text(9), r.Long(10), r.Long(11)),
        s => [s.Id, s.Park, s.Login, s.Name, s.Phone, s.PhoneHash, s.Roles, s.Active, s.MustChange, s.Password, s.Version, s.CreatedAt]);
}

/// <summary>Holds a login name for one person of the whole store.</summary>
public sealed record LoginRow(string Login, Guid Staff)
{
    public static readonly RowTable<string, LoginRow> Table = new("staff_login", "login, staff", r => new LoginRow(r.Text(0), r.Id(1)), l => [l.Login, l.Staff]);
}

/// <summary>A signed-in person. The id is a hash of the cookie, so the table opens no door.</summary>
public sealed record SessionRow(Guid Id, Guid Staff, int Park, long Version, long CreatedAt, long ExpiresAt, bool Ended, string Address)
{
    public static readonly RowTable<Guid, SessionRow> Table = new("session", "id, staff, park, version, created_at, expires_at, ended, address",
        r => new SessionRow(r.Id(0), r.Id(1), r.Int(2), r.Long(3), r.Long(4), r.Long(5), r.Bool(6), r.Text(7)),
        s => [s.Id, s.Staff, s.Park, s.Version, s.CreatedAt, s.ExpiresAt, s.Ended, s.Address]);
}

/// <summary>A device's key, hashed. A lane has at most one that is not revoked.</summary>
public sealed record DeviceKeyRow(Guid Id, int Park, Guid Lane, bool Revoked, long CreatedAt)
{
    public static readonly RowTable<Guid, DeviceKeyRow> Table = new("device_key", "id, park, lane, revoked, created_at",
        r => new DeviceKeyRow(r.Id(0), r.Int(1), r.Id(2), r.Bool(3), r.Long(4)), d => [d.Id, d.Park, d.Lane, d.Revoked, d.CreatedAt]);
}
