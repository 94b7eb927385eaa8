namespace OrleansCluster.Placement.Gpus;

/// <summary>Where a task goes.</summary>
/// <param name="Node">Its index; -1 where it fits on none.</param>
/// <param name="Devices">A bit for each device of that node that it takes from; the lowest is device 0. None for a task without GPU.</param>
public readonly record struct GpuDecision(int Node, ulong Devices)
{
    internal static readonly GpuDecision None = new(-1, 0);

    public bool IsPlaced => Node >= 0;
}
