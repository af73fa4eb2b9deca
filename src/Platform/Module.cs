using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Verify;

namespace Shanmen.Platform;

/// <summary>A part of the system with its own tables, words and desk. Program.cs lists them from the bottom of the ladder upwards.</summary>
public interface IModule
{
    void AddTo(IServiceCollection services);
    void Map(IEndpointRouteBuilder routes);
    /// <summary>Reads what the module keeps in memory, before the first request.</summary>
    Task Start(IServiceProvider services) => Task.CompletedTask;
    /// <summary>What "verify" proves about this module's rows; new ones for each verification.</summary>
    IEnumerable<IProof> Proofs => [];
}
