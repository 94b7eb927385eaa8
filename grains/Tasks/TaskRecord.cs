using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks;

/// <summary>What is stored of a task.</summary>
internal sealed record TaskRecord
{
    public required TaskStart Start { get; init; }
    public required int Attempt { get; init; }
    public required TaskState State { get; init; }
    public DesiredStatus Desired { get; init; }
    public string? Node { get; init; }

    /// <summary>Which of the node's agents saw <see cref="State"/>.</summary>
    public AgentRun Run { get; init; }

    /// <summary>Set by the manager when it asks for a stop, else by the observation that ends the attempt.</summary>
    public StopCode? StopCode { get; init; }
    public string? Reason { get; init; }
    public ImmutableArray<ContainerState> Containers { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this attempt was queued.</summary>
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? PlacedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? StoppedAt { get; init; }
    public ImmutableArray<AttemptView> EarlierAttempts { get; init; } = [];

    /// <summary>Attempts that have failed by their own doing.</summary>
    public int Failures { get; init; }

    /// <summary>Of a service's task, attempts in a row that have ended soon after they began.</summary>
    public int ShortRuns { get; init; }

    /// <summary>This attempt is not placed before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why the system has this attempt stopped, so that the next one takes its place.</summary>
    public Eviction? Eviction { get; init; }

    /// <summary>Of a framework's task, the state that the framework has acknowledged.</summary>
    public TaskState? Acknowledged { get; init; }

    /// <summary>Where there was one, or one was asked for.</summary>
    public TaskCheckpoints? Checkpoints { get; init; }

    /// <summary>What its containers' health amounts to; stored with them.</summary>
    public HealthStatus? Health => TaskHealth.Of(this);
}
