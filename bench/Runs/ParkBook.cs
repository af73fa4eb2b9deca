using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>A clerk with a window of her own, and her shift while it is open.</summary>
internal sealed record Desk(string Login, string Password, Guid Window)
{
    /// <summary>Signed in when it has a cookie.</summary>
    [JsonIgnore] public Badge Badge { get; } = new();
    [JsonIgnore] public Guid Shift { get; set; }
    /// <summary>What must be in the drawer.</summary>
    [JsonIgnore] public long DrawerFen { get; set; }
}

/// <summary>A reader at a lane.</summary>
internal sealed record Reader(Guid Lane, string DeviceKey);

/// <summary>What must be known of a park to work in it again: kept beside a store that stays.</summary>
internal sealed record ParkBook(string Password, string TimeZone, Guid Site, Guid Gate, Guid Type, List<Desk> Desks, List<Reader> Readers)
{
    private const string File = "bench.json";

    /// <summary>The last business day that was begun.</summary>
    public DateOnly LastDay { get; set; }
    /// <summary>Business days that were closed.</summary>
    public int Days { get; set; }
    /// <summary>How large the store was when nothing was sold.</summary>
    public long EmptyBytes { get; set; }

    public static ParkBook? Read(string folder) => System.IO.File.Exists(Path.Combine(folder, File))
        ? JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(Path.Combine(folder, File)), ParkBookJson.Default.ParkBook) : null;

    /// <summary>Never half written: a fill may be stopped at any moment.</summary>
    public void Write(string folder)
    {
        var draft = Path.Combine(folder, File + ".new");
        System.IO.File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(this, ParkBookJson.Default.ParkBook));
        System.IO.File.Move(draft, Path.Combine(folder, File), overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ParkBook))]
internal sealed partial class ParkBookJson : JsonSerializerContext;
