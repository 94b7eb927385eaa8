namespace OrleansCluster.Placement;

/// <summary>What can be in the way of a task on a node, in the order in which it is looked for.</summary>
public enum Obstacle
{
    Status,
    Constraint,
    Group,
    Cpu,
    Memory,
    Disk,
    Gpu,
    GpuModel,
    Amount,
    Port,
    Kept,
}
