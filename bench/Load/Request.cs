using System.Text;

namespace Shanmen.Bench.Load;

/// <summary>The bytes of a request, with the places of its key left open.</summary>
internal sealed class Request
{
    private readonly byte[] _bytes;
    private readonly int[] _keys;
    private readonly int _word;
    /// <summary>Stands in the text where the key belongs.</summary>
    public const string Key = "00000000-0000-0000-0000-000000000000";

    /// <param name="word">A word of the body that changes from request to request and keeps its length.</param>
    public Request(string method, string path, string headers, string body, string? word = null)
    {
        var length = Encoding.UTF8.GetByteCount(body);
        _bytes = Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}");
        var places = new List<int>();
        var key = Encoding.UTF8.GetBytes(Key);
        for (var at = _bytes.AsSpan().IndexOf(key); at >= 0;)
        {
            places.Add(at);
            var next = _bytes.AsSpan(at + key.Length).IndexOf(key);
            at = next < 0 ? -1 : at + key.Length + next;
        }
        _keys = [.. places];
        _word = word is null ? -1 : _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word));
    }

    /// <summary>The request under this key. The bytes are good until the next call.</summary>
    public ReadOnlyMemory<byte> With(Guid key)
    {
        foreach (var at in _keys) key.TryFormat(_bytes.AsSpan(at), out _);
        return _bytes;
    }

    /// <summary>The same with another word.</summary>
    public ReadOnlyMemory<byte> With(Guid key, string word)
    {
        Encoding.UTF8.GetBytes(word, _bytes.AsSpan(_word));
        return With(key);
    }
}
