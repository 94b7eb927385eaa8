namespace OrleansCluster;

/// <summary>Instances of one task of a job for which a plan finds no node.</summary>
[GenerateSerializer, Immutable, Alias("ocs.JobUnplaced")]
public sealed record JobUnplaced
{
    /// <summary>The name in the job's graph.</summary>
    [Id(0)] public required string Task { get; init; }

    /// <summary>How many of its instances.</summary>
    [Id(1)] public required int Count { get; init; }

    /// <summary>What the first of them meets, in one line: <c>0/3 nodes: 2 insufficient memory …</c>.</summary>
    [Id(2)] public required string Reason { get; init; }
}
