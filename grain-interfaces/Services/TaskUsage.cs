namespace OrleansCluster;

/// <summary>What the containers of a service's task have used since they were last looked at.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskUsage")]
public sealed record TaskUsage
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required int Attempt { get; init; }

    /// <summary>Percent of the CPU that the task has claimed; <see langword="null"/> where it has claimed none.</summary>
    [Id(2)] public double? Cpu { get; init; }

    /// <summary>Percent of the memory that the task has claimed; <see langword="null"/> where it has claimed none.</summary>
    [Id(3)] public double? Memory { get; init; }
}
