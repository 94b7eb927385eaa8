namespace OrleansCluster.Placement.Gpus;

/// <summary>A shape of task in a workload.</summary>
/// <param name="Tasks">How many of the workload have it: its weight among the shapes.</param>
public readonly record struct GpuClass(GpuDemand Demand, int Tasks);
