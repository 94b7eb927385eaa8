namespace OrleansCluster.Benchmarks.Conflict;

/// <param name="Tasks">Numbers of those that are not placed yet.</param>
/// <param name="Duration">Seconds that a task runs.</param>
internal sealed record WorkloadJob(string Name, int[] Tasks, double Duration);
