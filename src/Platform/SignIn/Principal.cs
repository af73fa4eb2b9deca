using System.Collections.Frozen;

namespace Shanmen.Platform.SignIn;

/// <summary>Who is asking: a person with a session, or a device with a key.</summary>
/// <param name="Id">Staff id, or the id of the device's key.</param>
/// <param name="Lane">The lane that a device stands at; null for people.</param>
/// <param name="Session">The session, for signing out; empty for devices.</param>
public sealed record Principal(Guid Id, string Name, string Login, int Park, FrozenSet<Permission> Permissions, Role[] Roles, bool MustChangePassword, Guid? Lane, Guid Session)
{
    public bool May(Permission permission) => Permissions.Contains(permission);
}
