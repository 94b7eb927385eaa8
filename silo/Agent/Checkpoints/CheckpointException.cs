namespace OrleansCluster.Silo.Agent.Checkpoints;

/// <summary>A checkpoint cannot be taken or restored, for a reason that trying again at once will not change.</summary>
internal sealed class CheckpointException(string reason) : Exception(reason);
