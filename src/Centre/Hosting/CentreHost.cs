using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shanmen.Centre.Desk;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Reporting;
using Shanmen.Modules.Sales;
using Shanmen.Modules.Settlement;
using Shanmen.Platform;
using Shanmen.Platform.Backup;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Centre.Hosting;

/// <summary>Puts the program together: the platform, then the modules from the bottom of the ladder upwards.</summary>
internal static class CentreHost
{
    /// <summary>The modules, lowest first.</summary>
    public static readonly IModule[] Modules =
    [
        new ParksModule(), new CatalogModule(), new AdmissionModule(), new SalesModule(), new SettlementModule(), new ReportingModule(),
    ];

    public static WebApplication Build(Settings settings, OpenedStore store, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(CentreHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        LogTo(builder.Logging);
        AddPlatform(builder.Services, settings, store);
        foreach (var module in Modules) module.AddTo(builder.Services);
        builder.Services.AddSingleton<StatusDesk>();
        // A simulation ends with its day; nobody needs it back.
        builder.Services.AddSingleton(BackupPlan.Daily with { At = new TimeOnly(settings.BackupHour, 30), EveryHours = store.State.Simulation ? 0 : BackupPlan.Daily.EveryHours });
        builder.Services.AddHostedService<BackupJob>();
        builder.Services.AddHostedService<PruneAnswers>();
        builder.Services.AddHostedService<TimeOutHolds>();
        builder.Services.AddHostedService<OtherPrograms>();
        builder.Services.AddOpenApi("v1", ApiDocument.Describe);
        adapt?.Invoke(builder);
        var app = builder.Build();
        Pipeline.Use(app, settings);
        foreach (var module in Modules) module.Map(app);
        StatusDesk.Map(app);
        ReadLog.Map(app);
        SimulationClock.Map(app, store);
        PracticePurse.Map(app, store);
        Health.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>JSON lines. What the program says to its operator goes to standard output, what it logs to standard error.</summary>
    public static void LogTo(ILoggingBuilder logging)
    {
        logging.ClearProviders().AddJsonConsole(o => { o.UseUtcTimestamp = true; o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ"; })
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Shanmen", LogLevel.Information);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddPlatform(IServiceCollection services, Settings settings, OpenedStore store)
    {
        services.AddSingleton(settings).AddSingleton(settings.Store).AddSingleton(store.Database).AddSingleton(store.Keys).AddSingleton(store.State).AddSingleton(store.Clock);
        services.AddSingleton<ParkTimes>().AddSingleton<FactFeed>();
        services.AddSingleton(s => new WriteQueue(store.Database, store.State, s.GetRequiredService<ParkTimes>(), s.GetRequiredService<FactFeed>(), settings.Lanes,
            store.Clock, s.GetRequiredService<ILogger<WriteQueue>>()));
        services.AddSingleton<PersonalText>().AddSingleton<Passwords>().AddSingleton<Sessions>();
        services.AddSingleton(new SignInThrottle(TimeProvider.System));
        services.AddSingleton(new Texts([.. Modules.Select(m => m.GetType().Assembly), typeof(Texts).Assembly, Assembly.GetExecutingAssembly()]));
        services.ConfigureHttpJsonOptions(o => Json.Apply(o.SerializerOptions));
        services.AddAuthentication(SignInHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, SignInHandler>(SignInHandler.SchemeName, null);
        services.AddAuthorization(o =>
        {
            foreach (var permission in Enum.GetValues<Permission>())
                o.AddPolicy(permission.ToString(), p => p.RequireAuthenticatedUser().RequireAssertion(c =>
                    (c.Resource as Microsoft.AspNetCore.Http.HttpContext)?.PrincipalOrNull()?.May(permission) == true));
            // Whatever names no permission is closed, not open.
            o.FallbackPolicy = new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        });
    }

    /// <summary>Reads what the modules keep in memory and takes the writer's place. After this, requests may come.</summary>
    public static async Task Start(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<WriteQueue>().Start(cancel);
        await services.GetRequiredService<FactFeed>().Begin();
        foreach (var module in Modules) await module.Start(services);
    }
}
