using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shanmen.Platform.Backup;

/// <summary>
/// Encrypts a stream of any length in chunks of 64 KiB with AES-256-GCM. Each chunk's nonce is its number and its associated
/// data are the file's header and whether it is the last: chunks cannot be changed, left out, repeated or reordered, and a file
/// cannot be cut short without being noticed. The key belongs to one file alone, because the salt does.
/// </summary>
internal static class SealedChunks
{
    public const int Size = 64 * 1024, Tag = 16;

    public static byte[] Nonce(long number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }

    public static byte[] Associated(byte[] header, bool last) => [.. header, (byte)(last ? 1 : 0)];
}

/// <summary>Writes sealed chunks. Nothing is complete before <see cref="Finish"/>.</summary>
internal sealed class SealingStream(Stream target, byte[] key, byte[] header) : WriteOnlyStream
{
    private readonly AesGcm _aes = new(key, SealedChunks.Tag);
    private readonly byte[] _plain = new byte[SealedChunks.Size];
    private readonly byte[] _sealed = new byte[SealedChunks.Size + SealedChunks.Tag];
    private int _held;
    private long _number;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // A full chunk waits until more comes, because the last one is sealed differently.
            if (_held == SealedChunks.Size) Seal(last: false);
            var some = Math.Min(buffer.Length, SealedChunks.Size - _held);
            buffer[..some].CopyTo(_plain.AsSpan(_held));
            _held += some;
            buffer = buffer[some..];
        }
    }

    public void Finish() => Seal(last: true);

    private void Seal(bool last)
    {
        _aes.Encrypt(SealedChunks.Nonce(_number++), _plain.AsSpan(0, _held), _sealed.AsSpan(0, _held), _sealed.AsSpan(_held, SealedChunks.Tag), SealedChunks.Associated(header, last));
        target.Write(_sealed, 0, _held + SealedChunks.Tag);
        _held = 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _aes.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Reads sealed chunks; each is proven before a byte of it is handed out.</summary>
internal sealed class UnsealingStream(Stream source, byte[] key, byte[] header) : ReadOnlyStream
{
    private readonly AesGcm _aes = new(key, SealedChunks.Tag);
    private readonly byte[] _sealed = new byte[SealedChunks.Size + SealedChunks.Tag];
    private readonly byte[] _plain = new byte[SealedChunks.Size];
    private readonly byte[] _ahead = new byte[1];
    private int _from, _until;
    private long _number;
    private bool _hasAhead, _ended;

    public override int Read(Span<byte> buffer)
    {
        while (_from == _until)
        {
            if (_ended) return 0;
            Unseal();
        }
        var some = Math.Min(buffer.Length, _until - _from);
        _plain.AsSpan(_from, some).CopyTo(buffer);
        _from += some;
        return some;
    }

    private void Unseal()
    {
        var held = 0;
        if (_hasAhead) (_sealed[0], held) = (_ahead[0], 1);
        held += source.ReadAtLeast(_sealed.AsSpan(held), _sealed.Length - held, throwOnEndOfStream: false);
        _hasAhead = held == _sealed.Length && source.Read(_ahead) == 1;
        _ended = !_hasAhead;
        if (held < SealedChunks.Tag) throw new BackupDamagedException($"The file ends within chunk {_number}.");
        try
        {
            _aes.Decrypt(SealedChunks.Nonce(_number), _sealed.AsSpan(0, held - SealedChunks.Tag), _sealed.AsSpan(held - SealedChunks.Tag, SealedChunks.Tag),
                _plain.AsSpan(0, held - SealedChunks.Tag), SealedChunks.Associated(header, _ended));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new BackupDamagedException(_number == 0
                ? "The first part cannot be opened: the passphrase is wrong, or the file's beginning is damaged."
                : $"The file is damaged or cut short at byte {BackupFile.HeaderLength + _number * _sealed.Length:N0} (chunk {_number}).");
        }
        _number++;
        (_from, _until) = (0, held - SealedChunks.Tag);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _aes.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What a stream that is only written, in order, need not say again.</summary>
internal abstract class WriteOnlyStream : Stream
{
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public abstract override void Write(ReadOnlySpan<byte> buffer);
}

/// <summary>What a stream that is only read, in order, need not say again.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public abstract override int Read(Span<byte> buffer);
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
