namespace OrleansCluster.Placement.Gpus;

/// <summary>One host's capacity.</summary>
/// <param name="Cpu">Millicores.</param>
/// <param name="Memory">MiB.</param>
/// <param name="Devices">GPUs, all of one model; at most <see cref="MostDevices"/>.</param>
/// <param name="Model">Empty where it has no GPU or its model is not known.</param>
public sealed record GpuNode(string Name, int Cpu, int Memory, int Devices, string Model)
{
    /// <summary>Devices of one node: the bits of a <see cref="ulong"/>, in which <see cref="GpuDecision"/> names them.</summary>
    public const int MostDevices = 64;
}
