using Shanmen.Platform.Time;

namespace Shanmen.Platform.Storage;

/// <summary>What a store says of itself, written once when it is created. The epoch rises with each restore.</summary>
public sealed class StoreState
{
    public Guid StoreId { get; private set; }
    public int Epoch { get; private set; }
    /// <summary>A simulation accepts a clock and is watermarked everywhere. It can never become an ordinary store, nor the reverse.</summary>
    public bool Simulation { get; private set; }
    /// <summary>Filled with the demo park.</summary>
    public bool Demo { get; private set; }

    public static readonly string InsertSql = "insert into store (id, store_id, epoch, simulation, demo, created_at) values (1, @1, @2, @3, @4, @5)";

    public async Task Load(Database database)
    {
        var row = (await database.Query(r => (r.Id(0), r.Int(1), r.Bool(2), r.Bool(3)), "select store_id, epoch, simulation, demo from store where id = 1")).Single();
        (StoreId, Epoch, Simulation, Demo) = row;
    }

    internal static Statement Create(bool simulation, bool demo, DateTimeOffset now) =>
        new(InsertSql, Guid.CreateVersion7(), 1, simulation, demo, now.Micros());
}
