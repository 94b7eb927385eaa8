namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>Means over the seeds, in percent of all GPU capacity.</summary>
/// <param name="AllocatedPercentAt100">When 100 % of the capacity has been asked for.</param>
/// <param name="StandardDeviation">Over the seeds, in points, of the share at 130 %; 0 for one seed.</param>
internal sealed record GpuRow(string Strategy, int Seeds, double AllocatedPercentAt100, double AllocatedPercentAt130, double StandardDeviation);
