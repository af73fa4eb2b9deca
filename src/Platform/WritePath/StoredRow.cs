using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Shanmen.Platform.Log;

namespace Shanmen.Platform.WritePath;

/// <summary>
/// A kept answer. Its id is the moment of its key and a hash of (park, principal, key): another person's key can neither be
/// seen nor taken, and answers lie in the order of time, so the newest are together and the oldest can be pruned.
/// </summary>
public sealed record StoredRow(Guid Id, int Park, Guid Principal, Guid Key, byte[] RequestHash, int Status, string Body, long At)
{
    private const int MomentBytes = 6;

    internal static Guid IdOf(WriteKey key) => IdOf(key.Park, key.Principal, key.Key);

    private static Guid IdOf(int park, Guid principal, Guid key)
    {
        Span<byte> id = stackalloc byte[16], hash = stackalloc byte[32];
        key.TryWriteBytes(id, bigEndian: true, out _);
        Scope(park, principal, key, hash);
        hash[..(16 - MomentBytes)].CopyTo(id[MomentBytes..]);
        return new Guid(id, bigEndian: true);
    }

    private static void Scope(int park, Guid principal, Guid key, Span<byte> hash)
    {
        Span<byte> text = stackalloc byte[36];
        BinaryPrimitives.WriteInt32BigEndian(text, park);
        principal.TryWriteBytes(text[4..], bigEndian: true, out _);
        key.TryWriteBytes(text[20..], bigEndian: true, out _);
        SHA256.HashData(text, hash);
    }

    /// <summary>False when the id is another one than its park, principal and key give.</summary>
    internal static bool IsOwnId(Guid id, int park, Guid principal, Guid key) => id == IdOf(park, principal, key);

    /// <summary>What the log keeps of the answer, so that a changed answer row is found.</summary>
    public byte[] Digest()
    {
        var body = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(Body.Length));
        var digest = DigestOf(Park, Principal, Key, RequestHash, Status, body.AsSpan(0, Encoding.UTF8.GetBytes(Body, body)), At);
        ArrayPool<byte>.Shared.Return(body);
        return digest;
    }

    internal static byte[] DigestOf(int park, Guid principal, Guid key, ReadOnlySpan<byte> requestHash, int status, ReadOnlySpan<byte> body, long at)
    {
        Span<byte> scope = stackalloc byte[32], words = stackalloc byte[256];
        Scope(park, principal, key, scope);
        using var text = new HashedText(stackalloc byte[2048]);
        // The scope in full stood for the id before ids began with a moment, and old digests are not made anew.
        text.Add(Convert.ToHexStringLower(scope[..16]));
        Utf8.TryWrite(words, CultureInfo.InvariantCulture, $"|{park}|{principal:N}|{key:N}|", out var written);
        text.Add(words[..written]);
        text.Add(Convert.ToHexString(requestHash));
        Utf8.TryWrite(words, CultureInfo.InvariantCulture, $"|{status}|{at}|", out written);
        text.Add(words[..written]);
        text.Add(body);
        return text.Hash()[..16];
    }

    public static readonly RowTable<Guid, StoredRow> Table = new("answer",
        "id, park, principal, key, request_hash, status, body, at",
        r => new StoredRow(r.Id(0), r.Int(1), r.Id(2), r.Id(3), r.Bytes(4), r.Int(5), r.Text(6), r.Long(7)),
        a => [a.Id, a.Park, a.Principal, a.Key, a.RequestHash, a.Status, a.Body, a.At], a => a.Id);
}
