using System.Buffers.Binary;
using System.Security.Cryptography;
using Shanmen.Platform.Log;

namespace Shanmen.Platform.WritePath;

/// <summary>A kept answer. Its id is a hash of (park, principal, key): another person's key can neither be seen nor taken.</summary>
public sealed record StoredRow(Guid Id, int Park, Guid Principal, Guid Key, byte[] RequestHash, int Status, string Body, long At)
{
    internal static Guid IdOf(WriteKey key)
    {
        Span<byte> text = stackalloc byte[36];
        BinaryPrimitives.WriteInt32BigEndian(text, key.Park);
        key.Principal.TryWriteBytes(text[4..], bigEndian: true, out _);
        key.Key.TryWriteBytes(text[20..], bigEndian: true, out _);
        return new Guid(SHA256.HashData(text).AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>What the log keeps of the answer, so that a changed answer row is found.</summary>
    public byte[] Digest()
    {
        using var text = new HashedText(stackalloc byte[2048]);
        text.Add($"{Id:N}|{Park}|{Principal:N}|{Key:N}|{Convert.ToHexString(RequestHash)}|{Status}|{At}|");
        text.Add(Body);
        return text.Hash()[..16];
    }

    public static readonly RowTable<Guid, StoredRow> Table = new("answer",
        "id, park, principal, key, request_hash, status, body, at",
        r => new StoredRow(r.Id(0), r.Int(1), r.Id(2), r.Id(3), r.Bytes(4), r.Int(5), r.Text(6), r.Long(7)),
        a => [a.Id, a.Park, a.Principal, a.Key, a.RequestHash, a.Status, a.Body, a.At], a => a.Id);
}
