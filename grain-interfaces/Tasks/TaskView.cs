using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A task as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskView")]
public sealed record TaskView
{
    /// <summary><c>job.name.index</c>, or <c>service.slot.number</c>.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Its job, or its service.</summary>
    [Id(1)] public required string JobId { get; init; }
    [Id(2)] public required string Name { get; init; }
    [Id(3)] public required int Index { get; init; }
    [Id(4)] public required string Team { get; init; }
    [Id(5)] public required int Priority { get; init; }
    [Id(6)] public required string Definition { get; init; }
    [Id(7)] public required Resources Resources { get; init; }
    [Id(8)] public required int Attempt { get; init; }
    [Id(9)] public required TaskState State { get; init; }
    [Id(10)] public required DesiredStatus DesiredStatus { get; init; }
    [Id(11)] public string? Node { get; init; }
    [Id(12)] public StopCode? StopCode { get; init; }
    [Id(13)] public string? Reason { get; init; }
    [Id(14)] public ImmutableArray<ContainerState> Containers { get; init; } = [];
    [Id(15)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(16)] public DateTimeOffset? PlacedAt { get; init; }
    [Id(17)] public DateTimeOffset? StartedAt { get; init; }
    [Id(18)] public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The attempts before this one, oldest first, the newest 20.</summary>
    [Id(19)] public ImmutableArray<AttemptView> EarlierAttempts { get; init; } = [];

    /// <summary>It has stopped for good, and every essential container ended with exit code 0.</summary>
    [Id(20)] public required bool Succeeded { get; init; }
    [Id(21)] public int Count { get; init; }
    [Id(22)] public ImmutableArray<HostPort> Ports { get; init; } = [];

    /// <summary>When this attempt was queued.</summary>
    [Id(23)] public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>The W3C traceparent of its job's submission, where that was sampled.</summary>
    [Id(24)] public string? TraceParent { get; init; }

    /// <summary>The tasks that it is spread and kept apart with.</summary>
    [Id(25)] public string Group { get; init; } = "";
    [Id(26)] public ImmutableArray<PlacementConstraint> PlacementConstraints { get; init; } = [];
    [Id(27)] public ImmutableArray<PlacementStep> PlacementStrategy { get; init; } = [];

    /// <summary>GPU and named amounts.</summary>
    [Id(28)] public ExtraDemand? Extras { get; init; }

    /// <summary>Time limits and what follows where an attempt fails; <see langword="null"/> for a task without any.</summary>
    [Id(29)] public TaskRules? Rules { get; init; }

    /// <summary>How many attempts have failed by their own doing.</summary>
    [Id(30)] public int Failures { get; init; }

    /// <summary>The attempt is not placed before; <see langword="null"/> where it need not wait.</summary>
    [Id(31)] public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why the system has this attempt stopped, until it has ended and the next one begins; <see langword="null"/> where it has not.</summary>
    [Id(32)] public StopCode? Evicted { get; init; }

    /// <summary>Its definition's; <see langword="null"/> where no checkpoints are taken.</summary>
    [Id(40)] public CheckpointSpec? Checkpoint { get; init; }

    /// <summary><see langword="null"/> while there was none and none was asked for. They are kept as long as another attempt may come.</summary>
    [Id(41)] public TaskCheckpoints? Checkpoints { get; init; }

    /// <summary>All instances of its name start together or not at all.</summary>
    [Id(51)] public bool Gang { get; init; }

    /// <summary>
    /// The worst of its essential containers that have a health check, UNKNOWN being worse than HEALTHY; <see langword="null"/> where none has one, and before its agent
    /// has seen the attempt.
    /// </summary>
    [Id(50)] public HealthStatus? Health { get; init; }

    /// <summary>It is a task of a service: <see cref="JobId"/> is that service's name, and <see cref="Name"/> its slot.</summary>
    [Id(60)] public bool IsOfService { get; init; }

    /// <summary>The only node that its first attempt may go to: a service's task that is moved.</summary>
    [Id(61)] public string? FirstNode { get; init; }

    /// <summary>It is a task of a framework, which calls it so: <see cref="JobId"/> is that framework's name.</summary>
    [Id(70)] public string? OfFramework { get; init; }

    /// <summary>The state up to which its framework has acknowledged what became of it; <see langword="null"/> where it has none.</summary>
    [Id(71)] public TaskState? Acknowledged { get; init; }
}
