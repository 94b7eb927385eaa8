using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A node as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeView")]
public sealed record NodeView
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required NodeStatus Status { get; init; }
    [Id(2)] public required Resources Capacity { get; init; }
    [Id(3)] public required Resources Claimed { get; init; }
    [Id(4)] public required int TaskCount { get; init; }
    [Id(5)] public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    [Id(6)] public string Runtime { get; init; } = "";
    [Id(7)] public required string ETag { get; init; }

    /// <summary>Ids of the tasks that hold claims here; filled only where one node is asked for.</summary>
    [Id(8)] public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>The groups of the tasks that hold claims here.</summary>
    [Id(9)] public ImmutableArray<TaskGroupCount> TaskGroups { get; init; } = [];

    /// <summary>When the node joined for the first time.</summary>
    [Id(10)] public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Empty where it is not known.</summary>
    [Id(11)] public string AgentVersion { get; init; } = "";

    /// <summary>Its GPUs and named amounts.</summary>
    [Id(12)] public ExtraCapacity? ExtraCapacity { get; init; }

    [Id(13)] public ExtraClaim? ExtraClaimed { get; init; }

    /// <summary>How it is taken out of service; filled in only where one node is asked for, and <see langword="null"/> for one in service.</summary>
    [Id(14)] public NodeDrain? Drain { get; init; }
}
