using System.Security.Cryptography;
using System.Text.Json;

namespace Shanmen.Platform.Secrets;

/// <summary>
/// The installation's secret keys, in one file beside the database and never in it: the key of personal data, the key of
/// their look-up hashes, the key of day seals and the ticket signing keys. Lost keys cannot be made again, so every backup carries them.
/// </summary>
public sealed class KeyRing
{
    private sealed record File(byte[] Personal, byte[] LookUp, byte[] Seal, List<SigningFile> Signing);
    private sealed record SigningFile(byte Id, byte[] Pkcs8);

    private readonly File _file;
    private readonly Dictionary<byte, ECDsa> _signing = [];

    private KeyRing(File file)
    {
        _file = file;
        foreach (var key in file.Signing)
        {
            var ecdsa = ECDsa.Create();
            ecdsa.ImportPkcs8PrivateKey(key.Pkcs8, out _);
            _signing.Add(key.Id, ecdsa);
        }
        SigningKeyId = file.Signing[^1].Id;
    }

    internal byte[] Personal => _file.Personal;
    internal byte[] LookUp => _file.LookUp;
    /// <summary>The key that new tickets are signed with.</summary>
    public byte SigningKeyId { get; }
    public ECDsa SigningKey => _signing[SigningKeyId];
    /// <summary>The key with which a presented ticket says it was signed, or null.</summary>
    public ECDsa? VerifyingKey(byte id) => _signing.GetValueOrDefault(id);

    /// <summary>Authenticates a day's seal with a key that the database does not hold.</summary>
    public byte[] Seal(ReadOnlySpan<byte> root) => HMACSHA256.HashData(_file.Seal, root);

    /// <summary>The whole ring, for a backup, which encrypts it.</summary>
    public byte[] Export() => JsonSerializer.SerializeToUtf8Bytes(_file);

    /// <summary>Reads the ring, or makes one for a new store. A damaged file stops the program: guessing would make tickets unreadable.</summary>
    public static KeyRing Open(string path, bool mayCreate)
    {
        if (System.IO.File.Exists(path)) return Parse(System.IO.File.ReadAllBytes(path));
        if (!mayCreate) throw new InvalidOperationException($"The key file {path} is missing, but the store is not new. Restore it from a backup.");
        using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = new File(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32),
            [new SigningFile(1, signing.ExportPkcs8PrivateKey())]);
        Write(path, JsonSerializer.SerializeToUtf8Bytes(file));
        return new KeyRing(file);
    }

    public static KeyRing Parse(byte[] json) =>
        new(JsonSerializer.Deserialize<File>(json) ?? throw new InvalidDataException("The key file is empty."));

    /// <summary>Writes the file so that only its owner can read it, and so that a power cut leaves the old or the new one.</summary>
    public static void Write(string path, byte[] json)
    {
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(json);
            stream.Flush(flushToDisk: true);
        }
        System.IO.File.Move(draft, path, overwrite: true);
    }
}
