using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Parks;

/// <summary>Holds places, people, sessions, device keys and business days against the facts that made them.</summary>
internal static class ParkProofs
{
    public static readonly Proof[] All =
    [
        new("I10", "Every park, site, gate, lane, window and business day is in each column what its facts say, and none is missing.", Places),
        new("I10", "Every person, login, session and device key is in each column what its facts say, and none is missing.", People),
    ];

    private static async Task<Finding> Places(Snapshot store)
    {
        var replay = new PlaceReplay();
        await foreach (var record in store.Facts(PlaceReplay.Kinds)) replay.Follow(record);
        return await replay.Compare(store);
    }

    private static async Task<Finding> People(Snapshot store)
    {
        var replay = new PeopleReplay();
        await foreach (var record in store.Facts(PeopleReplay.Kinds)) replay.Follow(record);
        return await replay.Compare(store);
    }
}
