using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>What a supervisor has been told since it last looked.</summary>
/// <param name="Changed">Containers to which something has happened.</param>
/// <param name="Seen">Containers as a listing shows them.</param>
/// <param name="Found">What the agent's own health checks say, by container.</param>
internal readonly record struct TaskNews(ImmutableArray<string> Changed, ImmutableArray<ContainerInfo> Seen, ImmutableArray<KeyValuePair<string, HealthFinding>> Found);
