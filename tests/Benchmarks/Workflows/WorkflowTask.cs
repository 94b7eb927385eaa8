using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Workflows;

/// <param name="RuntimeSeconds">As recorded; 0 where it was not.</param>
/// <param name="Cores">That it had to itself; 1 where that was not recorded.</param>
/// <param name="Parents">The tasks that it waits for, by their index in the workflow.</param>
internal sealed record WorkflowTask(string Id, double RuntimeSeconds, double Cores, ImmutableArray<int> Parents);
