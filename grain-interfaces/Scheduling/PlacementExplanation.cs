using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Why a task has no node yet, counted over all nodes.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PlacementExplanation")]
public sealed record PlacementExplanation
{
    [Id(0)] public required int Nodes { get; init; }

    /// <summary>How many nodes it fits on.</summary>
    [Id(1)] public required int Feasible { get; init; }

    /// <summary>Every other node counted once, by the first thing that is in the way; most frequent first.</summary>
    [Id(2)] public required ImmutableArray<NodeShortfall> Shortfalls { get; init; }

    /// <summary>Whether it would fit on some node if nothing else ran there, and that node can match its constraints.</summary>
    [Id(3)] public required bool WaitingCanHelp { get; init; }

    /// <summary>In one line: <c>0/3 nodes: 2 insufficient memory (largest has 2048 MiB free of 4096), 1 draining; waiting will not help</c>.</summary>
    [Id(4)] public required string Summary { get; init; }

    /// <summary>Where it goes as soon as others have left for it; <see langword="null"/> where nobody does.</summary>
    [Id(5)] public PreemptionPlan? Preemption { get; init; }
}
