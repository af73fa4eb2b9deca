using System.Text;

namespace Shanmen.Bench.Load;

/// <summary>What one client asks next, given how often it asked; null when it has nothing left to ask.</summary>
internal delegate ReadOnlyMemory<byte>? Asking(int client, int turn);

/// <summary>What is wrong with the body of an answer; null when nothing is.</summary>
internal delegate string? Hearing(ReadOnlySpan<byte> body);

/// <summary>A client of a server, on a connection of its own.</summary>
internal sealed class HttpCaller : ILine
{
    private readonly HttpLine _line = new();
    private readonly int _client;
    private readonly Asking _asking;
    private readonly Hearing? _hearing;

    private HttpCaller(int client, Asking asking, Hearing? hearing) => (_client, _asking, _hearing) = (client, asking, hearing);

    /// <param name="hearing">Looks at each answer that was given; null = its status is enough.</param>
    public static async Task<ILine[]> Connect(Uri address, int clients, Asking asking, Hearing? hearing = null)
    {
        var callers = Enumerable.Range(0, clients).Select(client => new HttpCaller(client, asking, hearing)).ToArray();
        foreach (var caller in callers) await caller._line.Connect(address);
        return callers;
    }

    public async Task<Heard> Ask(int turn)
    {
        if (_asking(_client, turn) is not { } request) return Heard.Nothing;
        var status = await _line.Exchange(request);
        if (status is < 200 or >= 300) return Heard.No($"{status} {Encoding.UTF8.GetString(_line.Body.Span)}");
        return _hearing?.Invoke(_line.Body.Span) is { } wrong ? Heard.No(wrong) : Heard.Yes;
    }

    public void Dispose() => _line.Dispose();
}
