namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>What the Mesos API stands for.</summary>
public sealed record MesosOptions
{
    /// <summary>The one cluster that frameworks of Mesos see.</summary>
    public string Cluster { get; init; } = "default";

    /// <summary>What tasks run in that name no image: on Mesos they run on the agent itself, which this cluster has nothing for. <see langword="null"/> refuses them.</summary>
    public string? Image { get; init; }
}
