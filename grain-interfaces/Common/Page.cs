using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A part of a listing.</summary>
public sealed record Page<T>
{
    public required ImmutableArray<T> Items { get; init; }

    /// <summary>What to ask for as <c>after</c> to go on; <see langword="null"/> at the end.</summary>
    public string? Next { get; init; }
}
