using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent;

/// <summary>Everything a runtime needs to create one container of one task attempt.</summary>
public sealed record ContainerLaunch
{
    public required ContainerLabels Labels { get; init; }
    public required ContainerSpec Spec { get; init; }
    public required ImmutableArray<VolumeSpec> Volumes { get; init; }
    public required NetworkMode Network { get; init; }

    /// <summary>The specification's environment and the cluster's own variables (<c>OCS_TASK_ID</c>, <c>OCS_EPOCH</c>, …).</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>The devices that it gets.</summary>
    public ImmutableArray<GpuShare> Gpus { get; init; } = [];

    /// <summary>Ports that the runtime is to choose are published at this address alone; empty for all of the host's.</summary>
    public string PublishAt { get; init; } = "";

    /// <summary>Unique on the node and the same for every try: <c>ocs-CLUSTER-TASK-aATTEMPT-CONTAINER</c>.</summary>
    public string Name => $"ocs-{Labels.Cluster}-{Labels.TaskId}-a{Labels.Attempt}-{Labels.Container}";
}
