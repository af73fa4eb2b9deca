using Shanmen.Centre.Hosting;

namespace Shanmen.Centre.Verbs;

/// <summary>What the program tells the person who started it.</summary>
internal static class Banner
{
    public static void Print(Settings settings, OpenedStore store, IEnumerable<string> addresses, string? password, bool https)
    {
        var address = addresses.First(a => a.StartsWith("http:", StringComparison.Ordinal)).Replace("127.0.0.1", "localhost").Replace("[::1]", "localhost");
        if (settings.PlainOutput)
        {
            Console.WriteLine($"ADDRESS {address}");
            if (password is not null) Console.WriteLine($"PASSWORD admin {password}");
            Console.Out.Flush();
            return;
        }
        Console.WriteLine();
        Console.WriteLine($"  山门 Shanmen 已启动 / is running{(store.State.Simulation ? "  【模拟库 / SIMULATION】" : "")}");
        foreach (var (name, page) in new[] { ("首页 Start", ""), ("售票 Counter", "counter"), ("检票 Gate", "gate"), ("大屏 Board", "board"), ("报表 Report", "report"), ("后台 Office", "office") })
            Console.WriteLine($"    {name,-14}\t{address}/{page}");
        Console.WriteLine($"  数据 / data: {store.Database.Kind}, {settings.Store.DataFolder}");
        if (password is not null)
            Console.WriteLine($"\n  首次登录 / first sign-in:  admin   {password}\n  只显示这一次，登录后请修改 / shown only now; change it after signing in.");
        else if (store.IsNew) Console.WriteLine($"\n  新库：请打开首页建立管理员 / new store: open the start page and make the first administrator.");
        else Console.WriteLine("  忘记密码 / forgot the password:  ./run reset-password admin");
        if (https) LocalNetwork.PrintAddresses(settings);
        Console.WriteLine("  停止 / stop: Ctrl-C\n");
    }
}
