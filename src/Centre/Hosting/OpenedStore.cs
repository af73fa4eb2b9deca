using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Centre.Hosting;

/// <summary>A store that this program holds: locked, migrated, with its keys and its clock.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    private FileStream? _lock;
    public required Database Database { get; init; }
    public required KeyRing Keys { get; init; }
    public required StoreState State { get; init; }
    public required TimeProvider Clock { get; init; }
    public required bool IsNew { get; init; }

    /// <summary>Opens for writing. Only one program at a time holds a data folder.</summary>
    public static async Task<OpenedStore> ForWriting(Settings settings, CancellationToken cancel)
    {
        var options = settings.Store;
        Directory.CreateDirectory(options.DataFolder);
        FileStream hold;
        try { hold = new FileStream(options.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { throw new OperatorException($"{options.DataFolder}: 另一个山门程序正在使用 / another Shanmen program is using this folder. 请先停止它 / Stop it first."); }
        try
        {
            var database = Database.Open(options);
            var version = await Migrations.VersionOf(database);
            // Keys come first: a store whose keys could not be written must not come into being.
            var keys = KeyRing.Open(options.KeyFile, mayCreate: version == 0);
            var isNew = await Migrations.Apply(database, new StoreKind(settings.Simulation, settings.Demo), TimeProvider.System, cancel);
            var state = await StateOf(database);
            if (state.Simulation != settings.Simulation && settings.Simulation)
                throw new OperatorException("这不是模拟库，不能按模拟运行 / This store was not created as a simulation.");
            return new OpenedStore { Database = database, Keys = keys, State = state, Clock = await ClockOf(database, state), IsNew = isNew, _lock = hold };
        }
        catch (StoreTakenException taken) { hold.Dispose(); throw new OperatorException(taken.Message); }
        catch { hold.Dispose(); throw; }
    }

    /// <summary>Opens for reading beside a running program.</summary>
    public static async Task<OpenedStore> ForReading(Settings settings)
    {
        var database = Database.Open(settings.Store);
        var version = await Migrations.VersionOf(database);
        if (version == 0) throw new OperatorException($"{settings.Store.DataFolder}: 没有数据 / there is no store here.");
        if (version != Migrations.Newest) throw new OperatorException($"库结构版本 {version}，程序需要 {Migrations.Newest} / schema {version}, this program needs {Migrations.Newest}. 请先用 ./run 升级 / Upgrade it with ./run first.");
        var state = await StateOf(database);
        return new OpenedStore { Database = database, Keys = KeyRing.Open(settings.Store.KeyFile, mayCreate: false), State = state, Clock = TimeProvider.System, IsNew = false };
    }

    private static async Task<StoreState> StateOf(Database database)
    {
        var state = new StoreState();
        await state.Load(database);
        return state;
    }

    /// <summary>A simulation goes on from its newest fact; an ordinary store always follows the machine.</summary>
    private static async Task<TimeProvider> ClockOf(Database database, StoreState state)
    {
        if (!state.Simulation) return TimeProvider.System;
        var last = await database.Number("select max(at) from log");
        return new SimulatedClock(last == 0 ? DateTimeOffset.UnixEpoch.AddYears(40) : Moments.From(last));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _lock?.Dispose();
    }
}
