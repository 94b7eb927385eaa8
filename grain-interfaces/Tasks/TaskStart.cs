using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Brings a task into being; everything it needs to know of its job.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskStart")]
public sealed record TaskStart
{
    [Id(0)] public required string JobId { get; init; }

    /// <summary>The name in the job's graph.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>0 to count − 1.</summary>
    [Id(2)] public required int Index { get; init; }
    [Id(3)] public required int Count { get; init; }
    [Id(4)] public required string Team { get; init; }
    [Id(5)] public required int Priority { get; init; }
    [Id(6)] public required string Definition { get; init; }
    [Id(7)] public required Resources Resources { get; init; }
    [Id(8)] public ImmutableArray<HostPort> Ports { get; init; } = [];

    /// <summary>Names of the definition's essential containers: the task succeeds when they all end with exit code 0.</summary>
    [Id(9)] public required ImmutableArray<string> Essential { get; init; }

    /// <summary>The W3C traceparent of the job's submission, where that was sampled.</summary>
    [Id(10)] public string? TraceParent { get; init; }

    /// <summary><see langword="null"/> for that of its definition's family.</summary>
    [Id(11)] public string? Group { get; init; }
    [Id(12)] public ImmutableArray<PlacementConstraint> PlacementConstraints { get; init; } = [];
    [Id(13)] public ImmutableArray<PlacementStep> PlacementStrategy { get; init; } = [];

    /// <summary>GPU and named amounts.</summary>
    [Id(14)] public ExtraDemand? Extras { get; init; }

    /// <summary>Time limits and what follows where an attempt fails; <see langword="null"/> for a task without any.</summary>
    [Id(15)] public TaskRules? Rules { get; init; }

    /// <summary>The definition's.</summary>
    [Id(20)] public CheckpointSpec? Checkpoint { get; init; }

    /// <summary>All instances of its name start together; they are queued by their job, whole.</summary>
    [Id(50)] public bool Gang { get; init; }

    /// <summary>
    /// It is a task of the service that <see cref="JobId"/> names, in the slot <see cref="Name"/>: it is to stay up, so whatever ends it is followed by another attempt until it is
    /// stopped.
    /// </summary>
    [Id(60)] public bool IsOfService { get; init; }

    /// <summary>The only node that its first attempt may go to; later ones go where its constraints allow.</summary>
    [Id(61)] public string? FirstNode { get; init; }

    /// <summary>
    /// It is a task of the framework that <see cref="JobId"/> names, which calls it so: that alone places it, and whatever ends it, no other attempt follows.
    /// <see langword="null"/> for any other.
    /// </summary>
    [Id(70)] public string? OfFramework { get; init; }
}
