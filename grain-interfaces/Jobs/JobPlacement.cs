using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Instances of one task of a job that a plan places on one node.</summary>
[GenerateSerializer, Immutable, Alias("ocs.JobPlacement")]
public sealed record JobPlacement
{
    /// <summary>The name in the job's graph.</summary>
    [Id(0)] public required string Task { get; init; }

    /// <summary>0 to count − 1, each once in a plan.</summary>
    [Id(1)] public required ImmutableArray<int> Indexes { get; init; }

    [Id(2)] public required string Node { get; init; }

    /// <summary>The node's ETag that the plan rests on. A text, since not every reader's numbers have 64 bits.</summary>
    [Id(3)] public required string NodeVersion { get; init; }
}
