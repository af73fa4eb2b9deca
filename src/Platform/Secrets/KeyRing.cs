using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shanmen.Platform.Secrets;

/// <summary>
/// The installation's secret keys, in one file beside the database and never in it: the key of personal data, the key of
/// their look-up hashes, the key of day seals and the ticket signing keys. Lost keys cannot be made again, so every backup carries them.
/// </summary>
public sealed class KeyRing
{
    /// <param name="Check">Shows a changed byte before it makes tickets unreadable. Rings of the first programs have none.</param>
    private sealed record File(byte[] Personal, byte[] LookUp, byte[] Seal, List<SigningFile> Signing,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Check = null)
    {
        public byte[] Checksum() =>
            SHA256.HashData([.. Personal, .. LookUp, .. Seal, .. Signing.SelectMany(k => (byte[])[k.Id, .. k.Pkcs8])])[..8];
    }

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

    /// <summary>Stands for a request in the store. Keyed, because a body may hold a password that its plain hash would let anybody try for.</summary>
    internal byte[] Fingerprint(ReadOnlySpan<byte> hash) => HMACSHA256.HashData(_file.LookUp, (byte[])[.. "request|"u8, .. hash]);

    /// <summary>The whole ring, for a backup, which encrypts it.</summary>
    public byte[] Export() => JsonSerializer.SerializeToUtf8Bytes(_file);

    /// <summary>Reads the ring, or makes one for a new store. A damaged file stops the program: guessing would make tickets unreadable.</summary>
    /// <exception cref="KeyRingException">There is no ring where there must be one, or it cannot be read.</exception>
    public static KeyRing Open(string path, bool mayCreate)
    {
        byte[] json;
        try { json = System.IO.File.ReadAllBytes(path); }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return mayCreate ? Make(path) : throw new KeyRingException(KeyTrouble.Missing, path, none);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new KeyRingException(KeyTrouble.Unreadable, path, unreadable);
        }
        try { return Parse(json); }
        catch (InvalidDataException damaged) { throw new KeyRingException(KeyTrouble.Damaged, path, damaged); }
    }

    private static KeyRing Make(string path)
    {
        using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = new File(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32),
            [new SigningFile(1, signing.ExportPkcs8PrivateKey())]);
        file = file with { Check = file.Checksum() };
        Write(path, JsonSerializer.SerializeToUtf8Bytes(file));
        return new KeyRing(file);
    }

    /// <exception cref="InvalidDataException">The bytes are no key ring, or not the whole of one.</exception>
    public static KeyRing Parse(byte[] json)
    {
        try
        {
            if (JsonSerializer.Deserialize<File>(json) is not { Personal.Length: 32, LookUp.Length: 32, Seal.Length: 32, Signing.Count: > 0 } file)
                throw new InvalidDataException("The key ring is not complete.");
            if (file.Check is { } check && !check.AsSpan().SequenceEqual(file.Checksum())) throw new InvalidDataException("The key ring's bytes have changed.");
            return new KeyRing(file);
        }
        catch (Exception damaged) when (damaged is JsonException or CryptographicException or ArgumentException or NullReferenceException)
        {
            throw new InvalidDataException("The key ring cannot be read: " + damaged.Message, damaged);
        }
    }

    /// <summary>Writes the file so that only its owner can read it, and so that a power cut leaves the old or the new one.</summary>
    public static void Write(string path, byte[] json) => Storage.DurableFile.Replace(path, json, ownerOnly: true);
}

/// <summary>Why there are no keys to work with.</summary>
public enum KeyTrouble { Missing, Unreadable, Damaged }

/// <summary>The key ring of a store that is not new cannot be used.</summary>
public sealed class KeyRingException(KeyTrouble trouble, string path, Exception cause) : Exception($"{path}: {trouble}. {cause.Message}", cause)
{
    public KeyTrouble Trouble => trouble;
    public string Path => path;
}
