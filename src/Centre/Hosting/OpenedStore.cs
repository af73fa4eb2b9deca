using System.Data.Common;
using System.Security.Cryptography;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

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
            var version = await VersionOf(database, options);
            // Keys come first: a store whose keys could not be written must not come into being.
            var keys = await KeysOf(database, options, version);
            await Upgrade.Prepare(database, keys, options, version, cancel);
            var isNew = await Migrations.Apply(database, new StoreKind(settings.Simulation, settings.Demo), TimeProvider.System, cancel);
            // Somebody else made the store while this program made keys for it.
            if (version == 0 && !isNew) throw new OperatorException(KeySentences.OfOtherStore(options));
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
        var version = await VersionOf(database, settings.Store);
        if (version == 0) throw new OperatorException($"{settings.Store.DataFolder}: 没有数据 / there is no store here.");
        if (version != Migrations.Newest) throw new OperatorException($"库结构版本 {version}，程序需要 {Migrations.Newest} / schema {version}, this program needs {Migrations.Newest}. 请先用 ./run 升级 / Upgrade it with ./run first.");
        var keys = await KeysOf(database, settings.Store, version);
        var state = await StateOf(database);
        return new OpenedStore { Database = database, Keys = keys, State = state, Clock = TimeProvider.System, IsNew = false };
    }

    /// <summary>A database that does not answer must not pass for an empty one: that would make new keys for an old store.</summary>
    private static async Task<int> VersionOf(Database database, StoreOptions options)
    {
        int version;
        try { version = await Migrations.VersionOf(database); }
        catch (DbException away) { throw Away(database, options, away.Message); }
        if (version == 0 && database.Kind == "sqlite" && new FileInfo(options.SqliteFile) is { Exists: true, Length: > 0 } file)
        {
            try { await using var _ = file.OpenRead(); }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException) { throw Away(database, options, closed.Message); }
        }
        if (version > Migrations.Newest)
            throw new OperatorException($"库结构版本 {version}，本程序只认识到 {Migrations.Newest}，不能降级；请安装更新的程序 / The store has schema {version}, this program knows {Migrations.Newest}. A downgrade is refused; install the newer program.");
        return version;
    }

    private static OperatorException Away(Database database, StoreOptions options, string why) => new(
        $"数据库没有应答，什么也没有改动 / The database does not answer; nothing was changed. {why}\n" + (database.Kind == "postgres"
            ? "请检查 PostgreSQL 是否在运行、--database 连接串是否正确，再启动 / See whether PostgreSQL runs and whether --database is right, then start again."
            : $"请检查磁盘和 {options.SqliteFile} 的权限；文件若已损坏，请从备份恢复 / See to the disk and the file's permissions; if the file is damaged, restore a backup."));

    private static async Task<KeyRing> KeysOf(Database database, StoreOptions options, int version)
    {
        try
        {
            var keys = KeyRing.Open(options.KeyFile, mayCreate: version == 0);
            return version == 0 || await Fits(database, keys) ? keys : throw new OperatorException(KeySentences.OfOtherStore(options));
        }
        catch (KeyRingException trouble) { throw new OperatorException(KeySentences.Of(trouble.Trouble, options)); }
    }

    /// <summary>Another store's keys open none of this store's names; one that does not open is a damaged name, which verify finds.</summary>
    private static async Task<bool> Fits(Database database, KeyRing keys)
    {
        var personal = new PersonalText(keys);
        var names = await database.Query(r => r.Any(0) as byte[] ?? [], "select name from staff order by created_at limit 20");
        return names.Count == 0 || names.Exists(Opens);

        bool Opens(byte[] name)
        {
            try { return personal.Reveal(name, "staff.name").Length > 0; }
            catch (CryptographicException) { return false; }
        }
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
        var last = 0L;
        // Lane by lane from its end: the log may be long, and moments have no index.
        for (var lane = 1; lane <= Lanes.Max; lane++)
            last = Math.Max(last, await database.Number("select max(at) from log where lane = @1 and seq = (select max(seq) from log where lane = @1)", lane));
        return new SimulatedClock(last == 0 ? DateTimeOffset.UnixEpoch.AddYears(40) : Moments.From(last));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _lock?.Dispose();
    }
}
