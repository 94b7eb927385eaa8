namespace OrleansCluster.Placement.Gpus;

/// <summary>What a node has beside its devices.</summary>
/// <param name="Cpu">Millicores free.</param>
/// <param name="Memory">MiB free.</param>
/// <param name="Models">The models of its devices, a bit each.</param>
internal readonly record struct GpuRest(int Cpu, int Memory, int Models);
