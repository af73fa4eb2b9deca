using Shanmen.Platform.SignIn;

namespace Shanmen.Modules.Parks;

/// <summary>A park was set up or its terms changed; the body holds all of them.</summary>
public sealed record ParkSaved(ParkTerms Park);
/// <summary>A site was created or changed.</summary>
public sealed record SiteSaved(SiteTerms Site);
/// <summary>A gate was created or changed.</summary>
public sealed record GateSaved(GateTerms Gate);
/// <summary>A lane was created or changed.</summary>
public sealed record LaneSaved(LaneTerms Lane);
/// <summary>A window was created or changed.</summary>
public sealed record WindowSaved(WindowTerms Window);
/// <summary>A lane got a new device key; the key before it, if any, no longer opens anything. The id is a hash of the key.</summary>
public sealed record DeviceKeyIssued(Guid LaneId, Guid KeyId, Guid[] RevokedKeyIds);
/// <summary>A lane's device key was taken away.</summary>
public sealed record DeviceKeyRevoked(Guid LaneId, Guid[] KeyIds);

/// <summary>A person was enrolled or changed. Names and phones are personal and stay out of the log; digests show a change of their cells.</summary>
/// <param name="Sealed">Null in facts of the first programs, which kept none.</param>
public sealed record StaffSaved(Guid StaffId, string Login, Role[] Roles, bool Active, bool MustChangePassword, long Version, StaffDigests? Sealed = null);
/// <summary>A person signed in; the id is a hash of the cookie.</summary>
public sealed record SignedIn(Guid StaffId, Guid SessionId, string Address, DateTimeOffset ExpiresAt);
/// <summary>A person signed out.</summary>
public sealed record SignedOut(Guid StaffId, Guid SessionId);
/// <summary>A person chose a new password; the version ends all earlier sessions, SessionId goes on in their place.</summary>
/// <param name="Password">Digest of the stored hash; null in facts of the first programs.</param>
public sealed record PasswordChanged(Guid StaffId, long Version, Guid EndedSessionId, Guid SessionId, string Address, DateTimeOffset ExpiresAt, byte[]? Password = null);
/// <summary>A person's password was replaced by a random one that must be changed.</summary>
public sealed record PasswordReset(Guid StaffId, long Version, byte[]? Password = null);

/// <summary>A business day began to close, was closed, or was opened again.</summary>
public sealed record DayStateChanged(DateOnly Day, DayState State, DateTimeOffset? ClosedAt, Guid? ClosedBy);
