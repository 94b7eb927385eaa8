namespace OrleansCluster.Placement.Gpus;

/// <summary>What can be in the way of a task on a node, in the order in which it is looked for.</summary>
public enum GpuObstacle
{
    Cpu,
    Memory,

    /// <summary>The node's GPUs are of a model that the task does not allow.</summary>
    Model,

    /// <summary>Too few whole devices, or none with as much left as the task wants of one.</summary>
    Device,
}
