using System.Collections.Concurrent;

namespace Shanmen.Platform.SignIn;

/// <summary>
/// Slows down guessing before any hash is computed. After five failures of one login from one address each further
/// failure doubles the wait, up to five minutes; a login or an address that fails very often is slowed as a whole.
/// A clerk at her own terminal is not locked out by somebody else's guesses from elsewhere until those are very many.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    private const int TrackedMax = 50_000;
    private sealed record Tries(int Failures, DateTimeOffset Last);
    private readonly ConcurrentDictionary<string, Tries> _tries = [];

    /// <summary>Seconds to wait before the next try is looked at; 0 = now.</summary>
    public int Wait(string login, string address) => Math.Max(Wait($"{login}|{address}", 5), Math.Max(Wait("@" + address, 50), Wait("#" + login, 200)));

    private int Wait(string key, int free)
    {
        if (!_tries.TryGetValue(key, out var tries) || tries.Failures < free) return 0;
        var wait = Math.Min(300, Math.Pow(2, Math.Min(9, tries.Failures - free)));
        return (int)Math.Ceiling(Math.Max(0, wait - (clock.GetUtcNow() - tries.Last).TotalSeconds));
    }

    public void Failed(string login, string address)
    {
        if (_tries.Count > TrackedMax) Forget();
        foreach (var key in new[] { $"{login}|{address}", "@" + address, "#" + login })
            _tries.AddOrUpdate(key, _ => new Tries(1, clock.GetUtcNow()),
                (_, t) => clock.GetUtcNow() - t.Last > TimeSpan.FromHours(1) ? new Tries(1, clock.GetUtcNow()) : new Tries(t.Failures + 1, clock.GetUtcNow()));
    }

    public void Succeeded(string login, string address) => _tries.TryRemove($"{login}|{address}", out _);

    private void Forget()
    {
        foreach (var (key, tries) in _tries)
            if (clock.GetUtcNow() - tries.Last > TimeSpan.FromMinutes(10)) _tries.TryRemove(key, out _);
        if (_tries.Count > TrackedMax) _tries.Clear();
    }
}
