using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>The instances of one named task of a job, counted. The counts add up to <see cref="Count"/>.</summary>
[GenerateSerializer, Immutable, Alias("ocs.JobTaskView")]
public sealed record JobTaskView
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required string Definition { get; init; }
    [Id(2)] public required int Count { get; init; }
    [Id(3)] public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Not started: dependencies are not met, or never will be once the job has ended.</summary>
    [Id(4)] public int Waiting { get; init; }

    /// <summary>PROVISIONING.</summary>
    [Id(5)] public int Queued { get; init; }

    /// <summary>PENDING and ACTIVATING.</summary>
    [Id(6)] public int Starting { get; init; }

    /// <summary>RUNNING to DEPROVISIONING.</summary>
    [Id(7)] public int Running { get; init; }
    [Id(8)] public int Succeeded { get; init; }

    /// <summary>STOPPED, and not with success.</summary>
    [Id(9)] public int Failed { get; init; }
    [Id(10)] public ImmutableArray<PlacementConstraint> PlacementConstraints { get; init; } = [];
    [Id(11)] public ImmutableArray<PlacementStep> PlacementStrategy { get; init; } = [];

    /// <summary>Each instance waits for the one with its index in these.</summary>
    [Id(12)] public ImmutableArray<string> DependsOnEach { get; init; } = [];

    /// <summary>How many instances may be there at a time; <see langword="null"/> for all.</summary>
    [Id(13)] public int? Parallelism { get; init; }

    /// <summary>Its instances start together or not at all.</summary>
    [Id(50)] public bool Gang { get; init; }
}
