using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Asks for resources on one node for one task attempt.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ClaimRequest")]
public sealed record ClaimRequest
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required string Node { get; init; }
    [Id(3)] public required Resources Resources { get; init; }
    [Id(4)] public ImmutableArray<HostPort> Ports { get; init; } = [];

    /// <summary><c>family:revision</c>, so that the node's agent knows what to run.</summary>
    [Id(5)] public required string Definition { get; init; }
    [Id(6)] public required string Team { get; init; }

    /// <summary>The node's ETag when the decision was taken; only coarse conflict detection looks at it.</summary>
    [Id(7)] public long NodeETag { get; init; }

    /// <summary>Empty for a task of no group.</summary>
    [Id(8)] public string Group { get; init; } = "";

    /// <summary>Checked once more against the newest state.</summary>
    [Id(9)] public ImmutableArray<PlacementConstraint> Constraints { get; init; } = [];

    /// <summary>GPU and named amounts. The committer chooses the devices.</summary>
    [Id(10)] public ExtraDemand? Extras { get; init; }

    /// <summary>The task's, 0 to 100: tasks of a higher band may take its place.</summary>
    [Id(11)] public int Priority { get; init; } = Claim.DefaultPriority;

    /// <summary>The gang that it belongs to: who takes the place of one, takes that of all. <see langword="null"/> for a task of none.</summary>
    [Id(50)] public string? Gang { get; init; }

    public static ClaimRequest Of(PlacementRequest request, string node, long nodeETag) => new()
    {
        TaskId = request.TaskId,
        Attempt = request.Attempt,
        Node = node,
        Resources = request.Resources,
        Ports = request.Ports,
        Definition = request.Definition,
        Team = request.Team,
        NodeETag = nodeETag,
        Group = request.Group,
        Constraints = request.Constraints,
        Extras = request.Extras,
        Priority = request.Priority,
        Gang = request.Gang,
    };
}
