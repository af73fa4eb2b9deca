using System.Text;

namespace Shanmen.Bench.Load;

/// <summary>What one client asks next, given how often it asked; null when it has nothing left to ask.</summary>
internal delegate ReadOnlyMemory<byte>? Asking(int client, int turn);

/// <summary>A client of a server, on a connection of its own.</summary>
internal sealed class HttpCaller : ILine
{
    private readonly HttpLine _line = new();
    private readonly int _client;
    private readonly Asking _asking;

    private HttpCaller(int client, Asking asking) => (_client, _asking) = (client, asking);

    public static async Task<ILine[]> Connect(Uri address, int clients, Asking asking)
    {
        var callers = Enumerable.Range(0, clients).Select(client => new HttpCaller(client, asking)).ToArray();
        foreach (var caller in callers) await caller._line.Connect(address);
        return callers;
    }

    public async Task<Heard> Ask(int turn)
    {
        if (_asking(_client, turn) is not { } request) return Heard.Nothing;
        var status = await _line.Exchange(request);
        return status is >= 200 and < 300 ? Heard.Yes : Heard.No($"{status} {Encoding.UTF8.GetString(_line.Body.Span)}");
    }

    public void Dispose() => _line.Dispose();
}
