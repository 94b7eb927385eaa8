namespace OrleansCluster;

/// <summary>One task of a service, in short.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceTaskView")]
public sealed record ServiceTaskView
{
    /// <summary><c>service.slot.number</c>.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Its place among the service's tasks, from 0: what takes its place later has the same.</summary>
    [Id(1)] public required int Slot { get; init; }
    [Id(2)] public required int Revision { get; init; }
    [Id(3)] public required TaskState State { get; init; }
    [Id(4)] public required DesiredStatus DesiredStatus { get; init; }
    [Id(5)] public string? Node { get; init; }

    /// <summary>It runs, and has been healthy for long enough to count.</summary>
    [Id(6)] public required bool IsHealthy { get; init; }

    /// <summary>How many attempts have failed.</summary>
    [Id(7)] public int Failures { get; init; }
    [Id(8)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Scale in leaves it alone until then.</summary>
    [Id(9)] public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>The task that it is to take the place of, which stays until this one is healthy; <see langword="null"/> where no task is moved.</summary>
    [Id(10)] public string? MovedFrom { get; init; }
}
