namespace OrleansCluster.Silo.Agent;

/// <summary>What a container that runs has used.</summary>
/// <param name="Cpu">CPU time since it was started.</param>
/// <param name="Memory">Bytes now, without the file cache that is given up first.</param>
/// <param name="At">When that was so, by the runtime's clock.</param>
public sealed record ContainerUsage(TimeSpan Cpu, long Memory, DateTimeOffset At);
