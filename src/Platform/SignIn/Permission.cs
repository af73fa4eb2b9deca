using System.Collections.Frozen;

namespace Shanmen.Platform.SignIn;

/// <summary>What a person or device may do. Every route names exactly one.</summary>
public enum Permission
{
    SetUpPark, ManageStaff, Sell, ApproveReturn, Admit, Watch, ReadReports, CloseDay, ReadLog, ReadStatus, SetClock, Overbook, ApproveGifts, IssueVouchers, KeepStock, KeepAccounts,
}

/// <summary>The post that a person holds.</summary>
public enum Role { Administrator, Clerk, GateGuard, Manager, Finance }

/// <summary>Which post may do what. The administrator may do everything, but cannot approve his own return.</summary>
public static class Roles
{
    private static readonly FrozenDictionary<Role, Permission[]> Table = new Dictionary<Role, Permission[]>
    {
        [Role.Administrator] = Enum.GetValues<Permission>(),
        [Role.Clerk] = [Permission.Sell, Permission.Watch],
        [Role.GateGuard] = [Permission.Admit, Permission.Watch],
        [Role.Manager] = [Permission.SetUpPark, Permission.ApproveReturn, Permission.Overbook, Permission.ApproveGifts, Permission.IssueVouchers, Permission.KeepStock, Permission.KeepAccounts, Permission.Watch, Permission.ReadReports, Permission.ReadLog, Permission.ReadStatus],
        [Role.Finance] = [Permission.ReadReports, Permission.CloseDay, Permission.KeepStock, Permission.KeepAccounts, Permission.Watch, Permission.ReadLog],
    }.ToFrozenDictionary();

    public static FrozenSet<Permission> PermissionsOf(IEnumerable<Role> roles) => roles.SelectMany(r => Table[r]).ToFrozenSet();

    public static Role[] Parse(string stored) =>
        [.. stored.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => Enum.Parse<Role>(r))];

    public static string Store(IEnumerable<Role> roles) => string.Join(',', roles.Distinct().Order());
}
