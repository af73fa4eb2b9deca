using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform;

/// <summary>A part of the system with its own tables, words and desk. Program.cs lists them from the bottom of the ladder upwards.</summary>
public interface IModule
{
    void AddTo(IServiceCollection services);
    void Map(IEndpointRouteBuilder routes);
    /// <summary>Reads what the module keeps in memory, before the first request.</summary>
    Task Start(IServiceProvider services) => Task.CompletedTask;
    /// <summary>What "verify" proves about this module's rows.</summary>
    IEnumerable<Proof> Proofs => [];
}

/// <summary>One invariant of a store, proven by full recomputation.</summary>
/// <param name="Number">The invariant's number, e.g. "I3".</param>
/// <param name="Sentence">What must hold, in English.</param>
/// <param name="Prove">Reads the snapshot and says what it found.</param>
public sealed record Proof(string Number, string Sentence, Func<Snapshot, Task<Finding>> Prove);

/// <param name="Figure">What was counted, e.g. "41,000 tickets".</param>
/// <param name="FirstBad">Names the first bad record, or null when the invariant holds.</param>
public sealed record Finding(string Figure, string? FirstBad);
