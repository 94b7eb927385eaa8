using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>One container of a task attempt as its supervisor knows it. The status only grows.</summary>
internal sealed record ContainerView
{
    public required string Name { get; init; }

    /// <summary>The runtime's id; <see langword="null"/> until it has been created.</summary>
    public string? Id { get; init; }
    public ContainerStatus Status { get; init; }
    public int? ExitCode { get; init; }
    public bool OutOfMemory { get; init; }

    /// <summary>Why it could not be created or started; it is Stopped then.</summary>
    public string? Failure { get; init; }

    /// <summary>It was there and is no longer, and nobody here removed it.</summary>
    public bool Vanished { get; init; }

    /// <summary><see langword="null"/> where it has no health check.</summary>
    public ContainerHealth? Health { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What the runtime has published of it.</summary>
    public ImmutableArray<PublishedPort> Ports { get; init; } = [];

    public static ContainerView NotYet(string name) => new() { Name = name };

    public string? Reason => Failure
        ?? (OutOfMemory ? "OutOfMemoryError: Container killed due to memory usage" : null)
        ?? (Vanished ? "The container was removed from outside the cluster" : null);

    /// <summary>Takes what the runtime says, unless it is older than what is known.</summary>
    public ContainerView With(ContainerInfo info)
    {
        if (info.Status < Status || Status == ContainerStatus.Stopped)
            return this;
        return this with
        {
            Id = info.Id,
            Status = info.Status,
            ExitCode = info.ExitCode,
            OutOfMemory = info.OutOfMemory,
            Failure = info.Error.Length > 0 ? new ContainerException(ContainerFailure.Start, info.Error).Reason : null,
            StartedAt = info.StartedAt ?? StartedAt,
            EndedAt = info.EndedAt,
            Ports = info.Ports.IsEmpty ? Ports : info.Ports,
        };
    }

    public ContainerState ToState() => new()
    {
        Name = Name,
        RuntimeId = Id,
        Status = Status,
        ExitCode = ExitCode,
        Reason = Reason,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        Health = Health,
        Ports = Status == ContainerStatus.Running ? Ports : [],
    };
}
