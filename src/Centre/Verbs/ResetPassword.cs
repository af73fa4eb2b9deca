using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Centre.Hosting;
using Shanmen.Modules.Parks;

namespace Shanmen.Centre.Verbs;

/// <summary>reset-password: a new random password for somebody who cannot get in.</summary>
internal static class ResetPassword
{
    public static void AddTo(RootCommand root, Func<ParseResult, Settings> read)
    {
        var login = new Argument<string>("login") { Description = "登录名 / login" };
        var verb = new Command("reset-password", "重置一个人的密码（先停止程序）/ give somebody a new password; stop the program first") { login };
        verb.SetAction((parsed, cancel) => Offline.Run(read(parsed), cancel, async services =>
        {
            var name = parsed.GetRequiredValue(login);
            var password = await services.GetRequiredService<OperatorDesk>().ResetPassword(name)
                ?? throw new OperatorException($"没有登录名 {name} / nobody has the login {name}.");
            Console.WriteLine($"PASSWORD {name} {password}");
        }));
        root.Add(verb);
    }
}

/// <summary>add-park: another park in the same store, with its own administrator.</summary>
internal static class AddPark
{
    public static void AddTo(RootCommand root, Func<ParseResult, Settings> read)
    {
        var name = new Option<string>("--name") { Description = "景区名 / name of the park", Required = true };
        var login = new Option<string>("--login") { Description = "管理员登录名 / administrator's login", Required = true };
        var verb = new Command("add-park", "在同一库里再开一个景区（先停止程序）/ open another park in this store; stop the program first") { name, login };
        verb.SetAction((parsed, cancel) => Offline.Run(read(parsed), cancel, async services =>
        {
            try { Console.WriteLine($"PASSWORD {parsed.GetRequiredValue(login)} {await services.GetRequiredService<OperatorDesk>().AddPark(parsed.GetRequiredValue(name), parsed.GetRequiredValue(login))}"); }
            catch (ArgumentException wrong) { throw new OperatorException(wrong.Message); }
        }));
        root.Add(verb);
    }
}

/// <summary>Work on the store without serving it.</summary>
internal static class Offline
{
    public static async Task<int> Run(Settings settings, CancellationToken cancel, Func<IServiceProvider, Task> work)
    {
        await using var store = await OpenedStore.ForWriting(settings with { Demo = false }, cancel);
        if (store.IsNew) throw new OperatorException($"{settings.Store.DataFolder}: 没有数据 / there is no store here.");
        await using var app = CentreHost.Build(settings, store);
        await CentreHost.Start(app.Services, cancel);
        await work(app.Services);
        return 0;
    }
}
