namespace OrleansCluster.Grains.Services;

/// <summary>What is known of a service's task: as it was last stored.</summary>
internal sealed record ServiceTask
{
    public required int Number { get; init; }
    public required int Attempt { get; init; }
    public required TaskState State { get; init; }
    public string? Node { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its attempt was queued.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>Attempts that have failed.</summary>
    public int Failures { get; init; }

    /// <summary>Its attempt is to end, whoever wants that.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>As its health checks say; <see langword="null"/> for a task without any.</summary>
    public HealthStatus? Health { get; init; }

    public bool IsWell => Health is null or HealthStatus.Healthy;

    /// <summary>Others can reach it.</summary>
    public bool IsPublished { get; init; }

    public static ServiceTask Of(TaskView task) => new()
    {
        Number = task.Index,
        Attempt = task.Attempt,
        State = task.State,
        Node = task.Node,
        StartedAt = task.StartedAt,
        QueuedAt = task.QueuedAt,
        Failures = task.Failures,
        Health = task.Health,
        IsPublished = task.Containers.Any(container => !container.Ports.IsEmpty),
        IsLeaving = task.DesiredStatus == DesiredStatus.Stopped || task.Evicted is not null,
    };
}
