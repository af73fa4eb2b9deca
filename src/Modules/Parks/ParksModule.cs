using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Modules.Parks;

/// <summary>Parks, sites, gates, lanes, windows, staff and the state of business days.</summary>
public sealed class ParksModule : IModule
{
    // After these the sessions in memory may be wrong; on this node they are forgotten at once.
    private static readonly string[] ChangesWhoMay =
        [nameof(StaffSaved), nameof(SignedOut), nameof(PasswordChanged), nameof(PasswordReset), nameof(DeviceKeyIssued), nameof(DeviceKeyRevoked)];

    /// <summary>Refuses everything but a change of password to people with a first password. Stands after authentication, before the routes.</summary>
    public static void UseFirstPasswordGuard(WebApplication app) => app.UseMiddleware<FirstPasswordGuard>();

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton(s => new ParkDirectory(s.GetRequiredService<Database>(), s.GetRequiredService<ParkTimes>(), s.GetRequiredService<StaffDesk>()));
        services.AddSingleton(s => new DictionaryBook(s.GetRequiredService<Database>(), s.GetRequiredService<FactFeed>()));
        services.AddSingleton(s => new ParameterBook(s.GetRequiredService<Database>()));
        services.AddSingleton<DemoPark>();
        services.AddSingleton<OperatorDesk>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        OpenSession.Map(routes);
        CloseSession.Map(routes);
        ChangePassword.Map(routes);
        SetUpSystem.Map(routes);
        SavePark.Map(routes);
        SaveSite.Map(routes);
        SaveGate.Map(routes);
        SaveLane.Map(routes);
        DeviceKeys.Map(routes);
        SaveWindow.Map(routes);
        ListStaff.Map(routes);
        SaveStaff.Map(routes);
        ResetPassword.Map(routes);
        ReadCalendar.Map(routes);
        SaveDictionary.Map(routes);
        SaveParameters.Map(routes);
        ReadSettingChanges.Map(routes);
    }

    public IEnumerable<IProof> Proofs => [new PlaceReplay(), new PeopleReplay(), new SettingReplay()];

    public async Task Start(IServiceProvider services)
    {
        var directory = services.GetRequiredService<ParkDirectory>();
        var sessions = services.GetRequiredService<Sessions>();
        var feed = services.GetRequiredService<FactFeed>();
        await directory.Load();
        feed.Listen(ParkChange.Kinds, directory.Follow, directory.Load);
        var (words, parameters) = (services.GetRequiredService<DictionaryBook>(), services.GetRequiredService<ParameterBook>());
        await words.Load();
        await parameters.Load();
        feed.Listen([nameof(DictionarySaved)], words.Follow, words.Load);
        feed.Listen([nameof(ParametersSaved)], parameters.Follow, parameters.Load);
        feed.Listen(records =>
        {
            if (records.Any(r => ChangesWhoMay.Contains(r.Kind))) sessions.Forget();
        });
    }
}
