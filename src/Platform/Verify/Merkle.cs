using System.Security.Cryptography;

namespace Shanmen.Platform.Verify;

/// <summary>
/// One hash over many, as in RFC 6962 section 2.1: leaves and nodes are hashed with different first bytes, so that a node
/// cannot be passed off as a leaf.
/// </summary>
public static class Merkle
{
    /// <summary>The root of the leaves in their order; 32 bytes.</summary>
    public static byte[] RootOf(IReadOnlyList<byte[]> leaves) => Root(leaves, 0, leaves.Count);

    private static byte[] Root(IReadOnlyList<byte[]> leaves, int from, int count)
    {
        if (count == 0) return SHA256.HashData([]);
        if (count == 1) return SHA256.HashData([0, .. leaves[from]]);
        var left = 1;
        while (left * 2 < count) left *= 2;
        return SHA256.HashData([1, .. Root(leaves, from, left), .. Root(leaves, from + left, count - left)]);
    }
}
