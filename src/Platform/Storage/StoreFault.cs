using Microsoft.Data.Sqlite;
using Npgsql;

namespace Shanmen.Platform.Storage;

/// <summary>What a fault of the store means for the person in front of the screen.</summary>
public static class StoreFault
{
    private const int Full = 13, CannotOpen = 14, InputOutput = 10; // SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_IOERR
    // SQLite needs a little room even to open its log again, and calls that an I/O error.
    private const long NoRoomBytes = 1 << 20;

    /// <summary>
    /// Whether two lanes met: the transaction was undone as a whole and may be tried again. A key that stands twice is among them,
    /// because each lane looked before the other had written.
    /// </summary>
    public static bool IsConflict(Exception fault) => fault is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
    };

    /// <summary>Whether the disk had no room left. Then nothing of the request was stored, and it can be stored once there is room.</summary>
    /// <param name="freeBytes">Asked only where the store's own words leave it open.</param>
    public static bool IsDiskFull(Exception? fault, Func<long> freeBytes) => fault switch
    {
        SqliteException { SqliteErrorCode: Full } => true,
        SqliteException { SqliteErrorCode: CannotOpen or InputOutput } => freeBytes() < NoRoomBytes,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        _ => false,
    };
}
