using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <param name="DeviceKey">Shown once; a repeated request gets null.</param>
public sealed record DeviceKeyAnswer(string? DeviceKey);

/// <summary>Gives a lane's device (闸机) a key, or takes it away. The store keeps a hash of the key only.</summary>
internal static class DeviceKeys
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Nothing, DeviceKeyAnswer>("POST", "/api/lanes/{id:guid}/device-key", Permission.SetUpPark, async (_, ctx) =>
        {
            var lane = ctx.RouteId();
            if (!ctx.Get<ParkDirectory>().Of(ctx.Park).Lanes.ContainsKey(lane)) return WriteContext.Unknown;
            return ctx.Run(new Issue(ctx.Park, lane, Sessions.NewToken(), await Of(ctx.Get<Database>(), ctx.Park, lane)));
        }).WithName("IssueDeviceKey");
        routes.MapWrite<Nothing, Nothing>("DELETE", "/api/lanes/{id:guid}/device-key", Permission.SetUpPark, async (_, ctx) =>
        {
            var lane = ctx.RouteId();
            if (!ctx.Get<ParkDirectory>().Of(ctx.Park).Lanes.ContainsKey(lane)) return WriteContext.Unknown;
            return ctx.Run(new Revoke(lane, await Of(ctx.Get<Database>(), ctx.Park, lane)));
        }).WithName("RevokeDeviceKey");
    }

    /// <summary>The keys that open for a lane now.</summary>
    public static Task<List<Guid>> Of(Database database, int park, Guid lane) =>
        database.Query(r => r.Id(0), "select id from device_key where lane = @1 and park = @2 and revoked = 0", lane, park);

    public static async Task<HashSet<Guid>> LanesWithKey(Database database, int park) =>
        [.. await database.Query(r => r.Id(0), "select lane from device_key where park = @1 and revoked = 0", park)];

    private sealed record Issue(int Park, Guid Lane, string Key, List<Guid> Before) : IWrite
    {
        private readonly Guid _id = Sessions.IdOf(Key);

        public void Touch(Touch touch)
        {
            touch.Row(DeviceKeyRow.Table, _id);
            foreach (var key in Before) touch.Row(DeviceKeyRow.Table, key);
        }

        public Outcome Decide(WriteGroup group)
        {
            var revoked = Take(group, Before);
            group.Put(DeviceKeyRow.Table, new DeviceKeyRow(_id, Park, Lane, Revoked: false, group.Now.Micros()));
            group.Record(nameof(DeviceKeyIssued), Lane, new DeviceKeyIssued(Lane, _id, revoked));
            return Outcome.DoneOnce(new DeviceKeyAnswer(Key), new DeviceKeyAnswer(null));
        }
    }

    private sealed record Revoke(Guid Lane, List<Guid> Keys) : IWrite
    {
        public void Touch(Touch touch)
        {
            foreach (var key in Keys) touch.Row(DeviceKeyRow.Table, key);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Take(group, Keys) is { Length: > 0 } revoked) group.Record(nameof(DeviceKeyRevoked), Lane, new DeviceKeyRevoked(Lane, revoked));
            return Outcome.Done(null, 204);
        }
    }

    private static Guid[] Take(WriteGroup group, List<Guid> keys)
    {
        var live = keys.Select(id => group.Find(DeviceKeyRow.Table, id)).OfType<DeviceKeyRow>().Where(k => !k.Revoked).ToArray();
        foreach (var key in live) group.Put(DeviceKeyRow.Table, key with { Revoked = true });
        return [.. live.Select(k => k.Id)];
    }
}
