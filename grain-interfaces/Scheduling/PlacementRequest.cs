using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A task attempt that wants a node.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PlacementRequest")]
public sealed record PlacementRequest
{
    private const int FailuresTolerated = 2;

    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required Resources Resources { get; init; }
    [Id(3)] public ImmutableArray<HostPort> Ports { get; init; } = [];
    [Id(4)] public required string Definition { get; init; }
    [Id(5)] public required string Team { get; init; }
    [Id(6)] public required int Priority { get; init; }
    [Id(7)] public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>The traceparent of its job's trace, where that is sampled.</summary>
    [Id(8)] public string? TraceParent { get; init; }

    /// <summary>Empty for a task of no group.</summary>
    [Id(9)] public string Group { get; init; } = "";
    [Id(10)] public ImmutableArray<PlacementConstraint> Constraints { get; init; } = [];

    /// <summary>Best fit where it is empty.</summary>
    [Id(11)] public ImmutableArray<PlacementStep> Strategy { get; init; } = [];

    /// <summary>GPU and named amounts.</summary>
    [Id(12)] public ExtraDemand? Extras { get; init; }

    /// <summary>It stays in the queue until then.</summary>
    [Id(13)] public DateTimeOffset? NotBefore { get; init; }

    /// <summary>It is given up where it has no node by then.</summary>
    [Id(14)] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Nodes on which the task has failed twice: it goes there only where no other could ever take it.</summary>
    [Id(15)] public ImmutableArray<string> Avoided { get; init; } = [];

    /// <summary>The gang that it is placed with or not at all, as <c>job.name</c>; <see langword="null"/> for a task of none.</summary>
    [Id(50)] public string? Gang { get; init; }

    /// <summary>How many of the gang are to be placed together: those that have not ended.</summary>
    [Id(51)] public int GangSize { get; init; }

    /// <summary>Of a gang's it says that all instances are to be placed; whoever knows of some that have ended has to say so.</summary>
    public static PlacementRequest Of(TaskView task) => new()
    {
        TaskId = task.Id,
        Attempt = task.Attempt,
        Resources = task.Resources,
        Ports = task.Ports,
        Definition = task.Definition,
        Team = task.Team,
        Priority = task.Priority,
        QueuedAt = task.QueuedAt,
        TraceParent = task.TraceParent,
        Group = task.Group,
        Constraints = task is { FirstNode: { } node, Attempt: 1 } ? task.PlacementConstraints.Add(On(node)) : task.PlacementConstraints,
        Strategy = task.PlacementStrategy,
        Extras = task.Extras,
        NotBefore = task.NotBefore,
        ExpiresAt = task.Rules?.QueueTimeout is { } seconds ? WaitsSince(task).AddSeconds(seconds) : null,
        Avoided = task.EarlierAttempts.IsEmpty ? [] : NodesWithFailures(task.EarlierAttempts),
        Gang = task.Gang ? OrleansCluster.TaskId.GangOf(task.JobId, task.Name) : null,
        GangSize = task.Gang ? task.Count : 0,
    };

    private static PlacementConstraint On(string node) => new() { Type = PlacementConstraintType.MemberOf, Expression = $"node == '{node}'" };

    /// <summary>Later than the moment that it was queued at where it has kept the place of the attempt before.</summary>
    private static DateTimeOffset WaitsSince(TaskView task) =>
        task.NotBefore ?? (task.EarlierAttempts.IsEmpty ? task.QueuedAt : task.EarlierAttempts[^1].StoppedAt ?? task.QueuedAt);

    private static ImmutableArray<string> NodesWithFailures(ImmutableArray<AttemptView> attempts) =>
    [
        .. attempts.Where(attempt => attempt is { Node: not null, StopCode: StopCode.EssentialContainerExited or StopCode.TaskFailedToStart or StopCode.TimedOut })
            .GroupBy(attempt => attempt.Node!, StringComparer.Ordinal)
            .Where(node => node.Count() >= FailuresTolerated)
            .Select(node => node.Key)
            .Order(StringComparer.Ordinal),
    ];
}
