using System.Runtime.InteropServices;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>
/// The cells of the row on which a statement of the embedded store stands. A verification reads some two hundred of them for each order,
/// and through the library each costs ten times what SQLite itself needs for it; so they are read where they lie, without a change of
/// the thread's mode. Valid until the statement goes on.
/// </summary>
internal static unsafe class SqliteCells
{
    private const string Library = "e_sqlite3";

    [DllImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static extern int KindOf(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static extern long Number(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    public static extern double Real(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_count"), SuppressGCTransition]
    public static extern int Count(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
    private static extern byte* Blob(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    private static extern int Length(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_name")]
    private static extern nint Name(nint statement, int column);

    public static string NameOf(nint statement, int column) => Marshal.PtrToStringUTF8(Name(statement, column)) ?? "";

    /// <summary>Of bytes or of a text, whose encoding is UTF-8. Ask for the kind first: SQLite would turn a number into a text.</summary>
    public static ReadOnlySpan<byte> Bytes(nint statement, int column)
    {
        var start = Blob(statement, column);
        return start is null ? [] : new ReadOnlySpan<byte>(start, Length(statement, column));
    }

    /// <summary>A connection is used by one thread at a time, so SQLite need not guard each call. Before the first connection is opened.</summary>
    public static void OneThreadForEachConnection()
    {
        Batteries_V2.Init();
        // Refused when SQLite is at work already; then it goes on guarding.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }
}
