using System.Text.Json;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>Who may sign in, who is signed in and which devices may speak, once more, from the facts alone.</summary>
internal sealed class PeopleReplay : IProof
{
    public IReadOnlyList<Claim> Claims { get; } =
        [new("I10", "Every person, login, session and device key is in each column what its facts say, and none is missing.")];

    public IReadOnlyList<string> Kinds { get; } =
    [
        nameof(StaffSaved), nameof(PasswordChanged), nameof(PasswordReset), nameof(SignedIn), nameof(SignedOut), nameof(DeviceKeyIssued), nameof(DeviceKeyRevoked),
    ];

    private readonly RowReplay<Guid, StaffRow> _staff = new(StaffRow.Table);
    private readonly RowReplay<string, LoginRow> _logins = new(LoginRow.Table);
    private readonly RowReplay<Guid, SessionRow> _sessions = new(SessionRow.Table);
    private readonly RowReplay<Guid, DeviceKeyRow> _devices = new(DeviceKeyRow.Table);

    public void Hear(LoggedFact record, object read)
    {
        switch (record.Kind)
        {
            case nameof(StaffSaved): Save(record.As<StaffSaved>(), record); break;
            case nameof(PasswordChanged):
                var changed = record.As<PasswordChanged>();
                _staff.Put(_staff.Find(changed.StaffId)! with { MustChange = false, Version = changed.Version });
                _staff.Seal(changed.StaffId, "password", changed.Password);
                End(changed.EndedSessionId);
                Open(changed.SessionId, changed.StaffId, changed.Version, changed.Address, changed.ExpiresAt, record);
                break;
            case nameof(PasswordReset):
                var reset = record.As<PasswordReset>();
                _staff.Put(_staff.Find(reset.StaffId)! with { MustChange = true, Version = reset.Version });
                _staff.Seal(reset.StaffId, "password", reset.Password);
                break;
            case nameof(SignedIn):
                var signedIn = record.As<SignedIn>();
                Open(signedIn.SessionId, signedIn.StaffId, _staff.Find(signedIn.StaffId)!.Version, signedIn.Address, signedIn.ExpiresAt, record);
                break;
            case nameof(SignedOut): End(record.As<SignedOut>().SessionId); break;
            case nameof(DeviceKeyIssued):
                var issued = record.As<DeviceKeyIssued>();
                Revoke(issued.RevokedKeyIds);
                _devices.Put(new(issued.KeyId, record.Park, issued.LaneId, Revoked: false, record.At));
                break;
            case nameof(DeviceKeyRevoked): Revoke(record.As<DeviceKeyRevoked>().KeyIds); break;
        }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _staff, _logins, _sessions, _devices)];

    private void Save(StaffSaved fact, LoggedFact record)
    {
        var id = fact.StaffId;
        _staff.Put(new(id, record.Park, fact.Login, [], [], [], Roles.Store(fact.Roles), fact.Active, fact.MustChangePassword, "", fact.Version,
            _staff.Find(id)?.CreatedAt ?? record.At));
        _logins.Put(new(fact.Login, id));
        _staff.Seal(id, "name", fact.Sealed?.Name);
        _staff.Seal(id, "phone", fact.Sealed?.Phone);
        _staff.Seal(id, "phone_hash", fact.Sealed?.PhoneHash, salt: "phone");
        _staff.Seal(id, "password", fact.Sealed?.Password);
    }

    private void Open(Guid session, Guid staff, long version, string address, DateTimeOffset expiresAt, LoggedFact record)
    {
        // The fact shows the end to the millisecond, the row to the microsecond: how long the session lasts is the same in both.
        var lasts = expiresAt.ToUnixTimeMilliseconds() - record.Moment.ToUnixTimeMilliseconds();
        _sessions.Put(new(session, staff, record.Park, version, record.At, record.Moment.AddMilliseconds(lasts).Micros(), Ended: false, address));
    }

    private void End(Guid session)
    {
        if (_sessions.Find(session) is { } row) _sessions.Put(row with { Ended = true });
    }

    private void Revoke(Guid[] keys)
    {
        foreach (var key in keys) _devices.Put(_devices.Find(key)! with { Revoked = true });
    }
}
