using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>A task of a job or a container of a task, reduced to what its dependencies are judged by.</summary>
internal sealed record DependencyNode(string? Name, ImmutableArray<NamedDependency> DependsOn);
