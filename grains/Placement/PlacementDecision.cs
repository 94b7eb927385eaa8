using System.Diagnostics.CodeAnalysis;

namespace OrleansCluster.Placement;

/// <summary>A node for a request, or why there is none. Never both, never neither. A value, so that a batch of decisions is one allocation.</summary>
public readonly record struct PlacementDecision
{
    public PlacementDecision()
    {
    }

    public required PlacementRequest Request { get; init; }

    /// <summary><see langword="null"/> where nothing fits.</summary>
    public string? Node { get; init; }

    /// <summary>The node's index in the arrays decided on; -1 where nothing fits.</summary>
    public int NodeIndex { get; init; } = -1;

    /// <summary>The node's ETag when it was decided; only coarse conflict detection looks at it.</summary>
    public long NodeETag { get; init; }

    public PlacementExplanation? Explanation { get; init; }

    [MemberNotNullWhen(true, nameof(Node))]
    [MemberNotNullWhen(false, nameof(Explanation))]
    public bool IsPlaced => Node is not null;
}
