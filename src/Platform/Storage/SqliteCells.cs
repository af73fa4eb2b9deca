using System.Runtime.InteropServices;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>
/// The cells of the row on which a statement of the embedded store stands, and those that are bound to it, taken where they lie and without
/// a change of the thread's mode: there are hundreds for each order, and through the library each call counts the users of its handle.
/// What is read is valid until the statement goes on.
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

    [DllImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    public static extern int BindNull(nint statement, int at);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    public static extern int Bind(nint statement, int at, long number);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob"), SuppressGCTransition]
    private static extern int BindBlob(nint statement, int at, byte* start, int length, nint keeping);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    private static extern int BindText(nint statement, int at, byte* start, int length, nint keeping);

    /// <summary>SQLite makes a copy of its own before it returns.</summary>
    private const nint Copies = -1;

    public static int BindBytes(nint statement, int at, ReadOnlySpan<byte> bytes)
    {
        // A null start would be bound as null.
        byte none;
        fixed (byte* start = bytes) return BindBlob(statement, at, start is null ? &none : start, bytes.Length, Copies);
    }

    public static int BindText(nint statement, int at, ReadOnlySpan<byte> utf8)
    {
        byte none;
        fixed (byte* start = utf8) return BindText(statement, at, start is null ? &none : start, utf8.Length, Copies);
    }

    /// <summary>A connection is used by one thread at a time, so SQLite need not guard each call. Before the first connection is opened.</summary>
    public static void OneThreadForEachConnection()
    {
        Batteries_V2.Init();
        // Refused when SQLite is at work already; then it goes on guarding.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }
}
