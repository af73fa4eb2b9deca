using Shanmen.Platform.SignIn;

namespace Shanmen.Modules.Parks;

/// <summary>The invented people of the demo park. They have no phones: any number made up could be somebody's.</summary>
internal sealed record DemoStaff(string Login, string Name, Role Role)
{
    private static readonly string[] Clerks = ["王秀英", "李建国", "张丽", "刘洋", "陈静", "杨帆", "赵敏", "黄海燕", "周团"];
    private static readonly string[] Guards = ["吴刚", "徐明", "孙大山", "马守门"];

    public static readonly IReadOnlyList<DemoStaff> All =
    [
        new("admin", "管理员", Role.Administrator),
        .. Clerks.Select((name, i) => new DemoStaff($"clerk{i + 1}", name, Role.Clerk)),
        .. Guards.Select((name, i) => new DemoStaff($"gate{i + 1}", name, Role.GateGuard)),
        new("manager", "何经理", Role.Manager),
        new("finance", "林会计", Role.Finance),
    ];
}
