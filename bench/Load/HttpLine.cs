using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shanmen.Client;

namespace Shanmen.Bench.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection, as thin as it can be: the generator shares the processor with the server that it
/// measures. It writes requests that were made before and reads status and body of the answers.
/// </summary>
internal sealed class HttpLine : IDisposable
{
    private const int AnswerMax = 1 << 20;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>The body of the last answer, until the next request.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public async Task Connect(Uri address) => await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));

    /// <summary>Sends a whole request and returns the status of its answer.</summary>
    public async Task<int> Exchange(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..]);
        var have = 0;
        while (true)
        {
            if (have == _buffer.Length) Grow();
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(have));
            if (read == 0) throw new ClientException("服务断开了连接 / the server closed the connection.");
            have += read;
            if (StatusOf(have) is { } status) return status;
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= AnswerMax) throw new ClientException("答复过长 / the answer is too long.");
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    /// <summary>The status when the whole answer is there, else null.</summary>
    private int? StatusOf(int have)
    {
        var all = _buffer.AsSpan(0, have);
        var end = all.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var head = all[..(end + 2)];
        var status = int.Parse(head[9..12], NumberStyles.None, CultureInfo.InvariantCulture);
        var start = end + 4;
        if (NumberAfter(head, "\r\nContent-Length: "u8) is { } length)
        {
            if (have < start + length) return null;
            Body = _buffer.AsMemory(start, length);
            return status;
        }
        if (status == 204) { Body = default; return status; }
        return Unchunk(start, have) ? status : null;
    }

    private static int? NumberAfter(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int number, out _) ? number : null;
    }

    /// <summary>Puts the pieces of a chunked body together, in place.</summary>
    private bool Unchunk(int start, int have)
    {
        // Looks first whether the end is there, because joining spoils the buffer for a second look.
        if (!_buffer.AsSpan(start, have - start).EndsWith("0\r\n\r\n"u8)) return false;
        var (from, to) = (start, start);
        while (true)
        {
            if (!Utf8Parser.TryParse(_buffer.AsSpan(from, have - from), out int size, out var digits, 'X')) throw new ClientException("答复不完整 / a broken answer.");
            from += digits + 2;
            if (size == 0) break;
            Buffer.BlockCopy(_buffer, from, _buffer, to, size);
            (from, to) = (from + size + 2, to + size);
        }
        Body = _buffer.AsMemory(start, to - start);
        return true;
    }

    public void Dispose() => _socket.Dispose();
}
