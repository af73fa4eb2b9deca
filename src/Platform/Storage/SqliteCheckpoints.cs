using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>
/// Brings what the write-ahead log holds into the database file, beside the writer. SQLite would do it within a commit, and every
/// sale that waits for that commit would wait for tens of megabytes as well. The bulk is copied here, on a connection of its own;
/// the writer does the few pages that came meanwhile itself, between two groups, because only when nothing is left does SQLite
/// begin its log from the start again. What is committed is on the disk before any of this (docs/algorithms/ledger.md).
/// </summary>
internal sealed class SqliteCheckpoints : IAsyncDisposable
{
    /// <summary>Pages of 4 kB after which the bulk is copied; the writer's own share, at most; and when it waits for the copying.</summary>
    private const int Pages = 8_000, LeftMax = 1_000, PagesMax = 16_000;
    private const int Passes = 3, PageBytes = 4096;

    /// <summary>
    /// Bytes of a log that was found above which it is taken in before anything is written. What is copied of it is forgotten when the program
    /// is killed; where lives are too short, or the disk too busy, to copy it beside the writer, every life would only add to it.
    /// </summary>
    public const long FoundMax = 2L * PagesMax * PageBytes;

    /// <summary>Copies all of the log and empties it, as far as nobody else is looking.</summary>
    public static void TakeIn(SqliteConnection connection) => raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _writer;
    private long _pages;
    private volatile bool _finish;
    private Task _copying = Task.CompletedTask;

    /// <param name="connection">Open, of its own, and able to write.</param>
    /// <param name="logBytes">
    /// Length of the log that was found. A program that is killed before it has written much leaves it to the next one; if that counted
    /// from nothing, the log would grow with every kill, and be read through at every start.
    /// </param>
    public SqliteCheckpoints(SqliteConnection connection, sqlite3 writer, long logBytes) => (_connection, _writer, _pages) = (connection, writer, logBytes / PageBytes);

    /// <summary>Called by the writer after each commit.</summary>
    public void Committed()
    {
        raw.sqlite3_db_status(_writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        _pages += written;
        if (_pages >= Pages && !_finish && _copying.IsCompleted) _copying = Task.Run(Copy);
    }

    /// <summary>Called by the writer between two groups.</summary>
    public async ValueTask Between()
    {
        if (!_finish && _pages < PagesMax) return;
        // A machine that is too busy to copy must not let the log grow without end.
        if (!_finish) await _copying;
        // Busy means that the copying is still at it, or that somebody reads an old moment: the next time will do.
        var done = raw.sqlite3_wal_checkpoint_v2(_writer, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var log, out var copied);
        if (done == raw.SQLITE_OK && log == copied) _pages = 0;
        else _pages = Math.Max(0, Math.Min(_pages, Pages - LeftMax));
        _finish = false;
    }

    private void Copy()
    {
        for (var pass = 0; pass < Passes; pass++)
        {
            // A fault is the disk's; the log keeps everything, and the next commit meets the same disk and says so.
            if (raw.sqlite3_wal_checkpoint_v2(_connection.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var log, out var copied) != raw.SQLITE_OK) return;
            if (log - copied <= LeftMax) break;
        }
        _finish = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _copying;
        await _connection.DisposeAsync();
    }
}
