using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Centre.Hosting;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Centre.Verbs;

/// <summary>Runs the centre until it is told to stop.</summary>
internal static class Serve
{
    public static void AddTo(RootCommand root, Func<ParseResult, Settings> read)
    {
        var port = new Option<int?>("--port") { Description = "端口 / port (default 5080; 0 = any free one)" };
        root.Add(port);
        root.SetAction((parsed, cancel) => Run(read(parsed) is var s && parsed.GetValue(port) is { } p ? s with { Port = p } : s, https: false, cancel));
        var https = new Command("https", "同时以 HTTPS 向本地网络开放 / serve the local network over HTTPS too") { port };
        https.SetAction((parsed, cancel) => Run(read(parsed) is var s && parsed.GetValue(port) is { } p ? s with { Port = p } : s, https: true, cancel));
        root.Add(https);
    }

    private static async Task<int> Run(Settings settings, bool https, CancellationToken cancel)
    {
        await using var store = await OpenedStore.ForWriting(settings, cancel);
        var app = CentreHost.Build(settings, store, builder => builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            if (settings.Port == 0) kestrel.Listen(IPAddress.Loopback, 0);
            else kestrel.ListenLocalhost(settings.Port);
            if (https) LocalNetwork.Listen(kestrel, settings);
        }));
        if (https) LocalNetwork.MapEnrolment(app, settings);
        try { await CentreHost.Start(app.Services, cancel); }
        catch (StoreTakenException taken) { throw new OperatorException(taken.Message); }
        if (await Durability.Of(store.Database, settings.Store) is { Holds: false } careless)
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Serve)).LogError(
                "A power cut would lose acknowledged sales: {Settings}. See the status page, or docs/operations/install.md", string.Join(", ", careless.Careless));
        var password = store is { IsNew: true, State.Demo: true } ? await FillDemo(app.Services) : null;
        try { await app.StartAsync(cancel); }
        catch (IOException taken) { throw new OperatorException($"端口 {settings.Port} 已被占用 / port {settings.Port} is in use: {taken.Message} 请换端口 / choose another: ./run --port 5090"); }
        Banner.Print(settings, store, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses, password, https);
        await app.WaitForShutdownAsync(cancel);
        await app.DisposeAsync();
        return 0;
    }

    private static async Task<string> FillDemo(IServiceProvider services)
    {
        // Nobody learns the others' passwords: they are reset in the office when they are wanted.
        var password = Passwords.Random();
        var sites = await services.GetRequiredService<DemoPark>().Fill(login => login == "admin" ? password : null);
        await services.GetRequiredService<DemoCatalog>().Fill(sites);
        return password;
    }
}
