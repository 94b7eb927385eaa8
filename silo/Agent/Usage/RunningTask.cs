using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Usage;

/// <summary>A task of which containers run here.</summary>
/// <param name="Containers">Those that run, by the runtime's ids.</param>
internal sealed record RunningTask(Claim Claim, ImmutableArray<string> Containers);
