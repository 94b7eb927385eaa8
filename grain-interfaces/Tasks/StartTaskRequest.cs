using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Tasks that are placed on nodes of the caller's choice, without any scheduler: ECS's StartTask. They become a job, whose tasks may be nowhere else.</summary>
[GenerateSerializer, Immutable, Alias("ocs.StartTaskRequest")]
public sealed record StartTaskRequest
{
    /// <summary>Names of nodes, 1 to 100, each once.</summary>
    [Id(0)] public required ImmutableArray<string> Nodes { get; init; }

    /// <summary><c>family</c> (its newest revision) or <c>family:revision</c>; not together with <see cref="Containers"/>.</summary>
    [Id(1)] public string? Definition { get; init; }
    [Id(2)] public ImmutableArray<ContainerSpec> Containers { get; init; } = [];
    [Id(3)] public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];
    [Id(4)] public NetworkMode Network { get; init; }

    /// <summary>What is different from <see cref="Definition"/> in its containers.</summary>
    [Id(5)] public ImmutableArray<ContainerOverride> Overrides { get; init; } = [];

    /// <summary>Tasks on each of the nodes, 1 to 100.</summary>
    [Id(6)] public int Count { get; init; } = 1;

    /// <summary>Whose share of the cluster they use.</summary>
    [Id(7)] public string Team { get; init; } = "default";

    /// <summary>0 to 100.</summary>
    [Id(8)] public int Priority { get; init; } = 50;

    /// <summary>Who starts them, the name of the job that they become: lower-case letters, digits and hyphens, 1 to 63 characters.</summary>
    [Id(9)] public string StartedBy { get; init; } = "start";
}
