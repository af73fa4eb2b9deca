using Shanmen.Platform.Backup;

namespace Shanmen.Platform.Tests;

public class SealedChunksTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)], Header = [1, 2, 3];

    [Theory]
    [InlineData(0), InlineData(1), InlineData(65535), InlineData(65536), InlineData(65537), InlineData(131072), InlineData(200000)]
    public void What_was_sealed_is_read_again(int length)
    {
        var plain = Plain(length);
        Assert.Equal(plain, Unseal(Seal(plain), Header));
    }

    [Fact]
    public void Every_flipped_byte_is_found()
    {
        var whole = Seal(Plain(100));
        for (var i = 0; i < whole.Length; i++)
        {
            var flipped = whole.ToArray();
            flipped[i] ^= 1;
            Assert.Throws<BackupDamagedException>(() => Unseal(flipped, Header));
        }
        Assert.Throws<BackupDamagedException>(() => Unseal(whole, [1, 2, 4]));
    }

    [Theory]
    [InlineData(100), InlineData(65536), InlineData(131072), InlineData(140000)]
    public void A_file_cut_short_anywhere_is_found(int length)
    {
        var whole = Seal(Plain(length));
        var cuts = Enumerable.Range(0, whole.Length).Where(cut => cut < 40 || cut % 9973 == 0 || cut % 65552 < 3 || cut > whole.Length - 40);
        foreach (var cut in cuts) Assert.Throws<BackupDamagedException>(() => Unseal(whole[..cut], Header));
        Assert.Throws<BackupDamagedException>(() => Unseal([.. whole, 0], Header));
    }

    [Fact]
    public void Chunks_cannot_change_places_or_be_left_out()
    {
        var whole = Seal(Plain(3 * 65536));
        const int Chunk = 65536 + 16;
        byte[] first = whole[..Chunk], second = whole[Chunk..(2 * Chunk)], third = whole[(2 * Chunk)..];
        Assert.Throws<BackupDamagedException>(() => Unseal([.. second, .. first, .. third], Header));
        Assert.Throws<BackupDamagedException>(() => Unseal([.. first, .. third], Header));
        Assert.Throws<BackupDamagedException>(() => Unseal([.. first, .. second], Header));
    }

    private static byte[] Plain(int length) => [.. Enumerable.Range(0, length).Select(i => unchecked((byte)(i * 31)))];

    private static byte[] Seal(byte[] plain)
    {
        using var target = new MemoryStream();
        using var sealing = new SealingStream(target, Key, Header);
        foreach (var some in plain.Chunk(10_007)) sealing.Write(some);
        sealing.Finish();
        return target.ToArray();
    }

    private static byte[] Unseal(byte[] whole, byte[] header)
    {
        using var unsealing = new UnsealingStream(new MemoryStream(whole), Key, header);
        using var plain = new MemoryStream();
        unsealing.CopyTo(plain);
        return plain.ToArray();
    }
}
