using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Shanmen.Platform.Verify;

namespace Shanmen.Platform.Backup;

/// <summary>
/// The one file format of a backup (备份), the same for both stores. In clear: magic, version, rounds of key stretching, salt. Then
/// sealed chunks over a Brotli stream of: the manifest, the key ring, every table's rows, and an end mark.
/// </summary>
public static class BackupFile
{
    public const int Version = 1;
    /// <summary>PBKDF2-SHA512 rounds; the file says its own number, so that later files may have more.</summary>
    internal const int Rounds = 600_000;
    internal const int RoundsMin = 100_000, RoundsMax = 10_000_000;
    internal const int HeaderLength = 8 + 1 + 4 + 16;
    internal const string Ending = ".shanmen-backup";
    private static readonly byte[] Magic = "SHANMEN\0"u8.ToArray();

    internal static byte[] NewHeader(int rounds)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header, 0);
        header[8] = Version;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(9), rounds);
        RandomNumberGenerator.Fill(header.AsSpan(13));
        return header;
    }

    internal static byte[] ReadHeader(Stream file)
    {
        var header = new byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.AsSpan(0, 8).SequenceEqual(Magic))
            throw new BackupDamagedException("This is no Shanmen backup, or its first bytes are damaged.");
        if (header[8] != Version) throw new BackupDamagedException($"The backup has format {header[8]}; this program reads format {Version}.");
        return header;
    }

    internal static byte[] KeyOf(byte[] header, string passphrase)
    {
        var rounds = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(9));
        if (rounds is < RoundsMin or > RoundsMax) throw new BackupDamagedException("The backup's first bytes are damaged.");
        return Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase.Trim()), header.AsSpan(13, 16), rounds, HashAlgorithmName.SHA512, 32);
    }

    /// <summary>A few letters by which a person recognises a key ring on paper.</summary>
    public static string FingerprintOf(byte[] keys) =>
        string.Join('-', Convert.ToHexString(SHA256.HashData(keys).AsSpan(0, 10)).Chunk(4).Select(c => new string(c)));
}

/// <summary>What a backup says of itself.</summary>
/// <param name="Rows">Rows by table.</param>
/// <param name="Heads">The heads of the log's lanes.</param>
/// <param name="Keys">Fingerprint of the key ring in the backup.</param>
public sealed record BackupManifest(int Schema, Guid StoreId, int Epoch, bool Simulation, bool Demo, string Kind, DateTimeOffset Created, Dictionary<string, long> Rows, LaneHead[] Heads, string Keys);

/// <summary>A backup cannot be read; the message says where and why.</summary>
public sealed class BackupDamagedException(string message) : Exception(message);
