using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Workflows;

/// <summary>A workflow as it really ran. There is no circle in it, and every parent is one of its tasks.</summary>
/// <param name="Machines">Cores of each machine that was recorded with them.</param>
/// <param name="PublishedSeconds">From its start to its end, where that was recorded.</param>
internal sealed record Workflow(string Name, ImmutableArray<WorkflowTask> Tasks, ImmutableArray<double> Machines, double? PublishedSeconds);
