using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>One invariant of a store.</summary>
/// <param name="Number">The invariant's number, e.g. "I3".</param>
/// <param name="Sentence">What must hold, in English.</param>
public sealed record Claim(string Number, string Sentence);

/// <param name="Figure">What was counted, e.g. "41,000 tickets".</param>
/// <param name="FirstBad">Names the first bad record, or null when the invariant holds.</param>
public sealed record Finding(string Figure, string? FirstBad);

/// <summary>
/// Proves invariants by full recomputation, in one verification. The log is read once for all proofs; beside it, on another thread, each
/// looks at its rows; then it says what it found. docs/algorithms/verification.md.
/// </summary>
public interface IProof
{
    IReadOnlyList<Claim> Claims { get; }

    /// <summary>The facts that it wants to hear.</summary>
    IReadOnlyList<string> Kinds => [];

    /// <summary>Takes in what it needs to know before anything is heard or looked at.</summary>
    Task Begin(Snapshot store) => Task.CompletedTask;

    /// <summary>What it makes of a fact by itself. Several threads ask at the same time, so this is where work belongs.</summary>
    object Read(LoggedFact fact) => fact;

    /// <summary>Hears a fact as it was read, each after what happened before it to the same thing.</summary>
    void Hear(LoggedFact fact, object read) { }

    /// <summary>Whether it wants to hear transfers.</summary>
    bool HearsTransfers => false;

    /// <summary>Hears a transfer of money or pieces that moved balances.</summary>
    void Hear(Moved transfer) { }

    /// <summary>Looks at its rows, while the log is heard.</summary>
    Task Look(Snapshot store) => Task.CompletedTask;

    /// <summary>Says what it found, one finding for each claim.</summary>
    Task<IReadOnlyList<Finding>> Conclude(Snapshot store);
}

/// <summary>A transfer that moved balances, by the accounts' ids.</summary>
/// <param name="Unit">1 = fen.</param>
public readonly record struct Moved(long Lane, long Seq, long Source, long Target, long Amount, int Unit);
