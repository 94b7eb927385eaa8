namespace OrleansCluster.Silo.Api.Input;

internal sealed record DrainRequest
{
    public static DrainRequest AtOnce { get; } = new();

    /// <summary>Seconds for which the node's tasks may still end by themselves, 0 to 604,800.</summary>
    public int Deadline { get; init; }

    /// <summary>Of each job, one task is moved at a time.</summary>
    public bool OneAtATime { get; init; }
}
