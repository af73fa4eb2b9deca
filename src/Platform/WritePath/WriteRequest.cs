namespace Shanmen.Platform.WritePath;

/// <summary>
/// A request that changes state. It first names the rows that it needs, without I/O; the group reads them all at once;
/// then it decides in memory, without I/O and without waiting. It may run twice when a group is repeated, so both
/// methods must depend on nothing but the request and the rows.
/// </summary>
public interface IWrite
{
    void Touch(Touch touch);
    Outcome Decide(WriteGroup group);

    /// <summary>
    /// Whether it must find the store at rest: no other lane works while its group does. A request that decides by rows which are
    /// there and changes only those, or makes new ones under ids of its own, may say no. Whoever decides by what is not there, or by a
    /// sum over lanes, may not.
    /// </summary>
    bool Alone => true;

    /// <summary>
    /// Requests with the same number take the same lane of this program, so that a row which many of them want is written once a
    /// group. Correctness never depends on it.
    /// </summary>
    int Route => 0;
}

/// <summary>How many lanes may write one store together.</summary>
public static class Lanes
{
    /// <summary>Fixed for good, because order numbers and stripes of accounts are shared out by it. A divisor of 1,000.</summary>
    public const int Max = 8;
}

/// <summary>Who asks, under which key, and the hash of what was asked.</summary>
/// <param name="Key">Client-made; the id of what the request creates.</param>
/// <param name="RequestHash">Stands for method, path and body: the same key with another body is refused.</param>
/// <param name="PlainHash">What earlier programs kept in its place, for requests that are repeated over an upgrade; null = there is none.</param>
public sealed record WriteKey(int Park, Guid Principal, Guid Key, byte[] RequestHash, byte[]? PlainHash = null)
{
    /// <summary>Whether what is kept under the key was the same request.</summary>
    public bool IsOf(byte[] kept) => kept.AsSpan().SequenceEqual(RequestHash) || (PlainHash is { } plain && kept.AsSpan().SequenceEqual(plain));

    /// <summary>For work that the program gives itself: a job, a migration, a verb.</summary>
    public static WriteKey Own(int park, Guid key) => new(park, Guid.Empty, key, []);
}

/// <summary>What a request came to: an answer to keep, or a refusal that leaves nothing.</summary>
public sealed record Outcome
{
    public int Status { get; private init; } = 200;
    public object? Body { get; private init; }
    public Refusal? Refusal { get; private init; }
    /// <summary>What is kept for a repeat, where the answer holds a secret that is shown once; otherwise the body itself.</summary>
    public object? KeptBody { get; private init; }
    /// <summary>Whether it only says what would come of it: whatever was put and recorded is dropped.</summary>
    public bool IsTrial { get; private init; }

    /// <summary>An answer about what would happen. Nothing of it is kept, the answer neither.</summary>
    public static Outcome Tried(object body) => new() { Body = body, IsTrial = true };

    /// <summary>Answers with a secret in it, and keeps the answer without it.</summary>
    public static Outcome DoneOnce(object shown, object kept) => new() { Body = shown, KeptBody = kept };
    public static Outcome Done(object? body, int status = 200) => new() { Body = body, Status = status };
    public static Outcome Refused(Enum reason, int status, params object[] args) => new() { Status = status, Refusal = new Refusal(reason, status, args) };
    public static implicit operator Outcome(Refusal refusal) => new() { Status = refusal.Status, Refusal = refusal };
}

/// <summary>A "no" with a closed reason. The sentence for the person is looked up by the reason's name.</summary>
public sealed record Refusal(Enum Reason, int Status, params object[] Args)
{
    /// <summary>Sentences by field or entry, where a request holds many of which each can be refused.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }

    /// <summary>The field of the request that it is about, so that a form shows the sentence there.</summary>
    public string? Field { get; init; }
}

/// <summary>What the caller gets: the stored bytes, so that a repeat gets the same.</summary>
public sealed record StoredAnswer(int Status, string Body, Refusal? Refusal, bool Repeated)
{
    /// <summary>What <see cref="Body"/> was written from, while it is still at hand.</summary>
    internal object? Fresh { get; init; }
}

/// <summary>Refusals of the write path itself.</summary>
public enum WriteRefusal { KeyReused, KeyFarFromServerTime, KeyMissing, QueueFull }
