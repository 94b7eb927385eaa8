using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>The GPU that a container asks for: exactly one of <see cref="Count"/> and <see cref="Thousandths"/>. Of a task, the sum over its containers.</summary>
[GenerateSerializer, Immutable, Alias("ocs.GpuSpec")]
public sealed record GpuSpec
{
    /// <summary>Whole devices, which the task has to itself: 1 to 64.</summary>
    [Id(0)] public int? Count { get; init; }

    /// <summary>A share of one device, which others use, too: 1 to 999. Then no other container of the task may ask for GPU.</summary>
    [Id(1)] public int? Thousandths { get; init; }

    /// <summary>The models that will do, as nodes name them; empty for any.</summary>
    [Id(2)] public ImmutableArray<string> Models { get; init; } = [];

    /// <summary>By content: an immutable array compares by the array that it wraps.</summary>
    public bool Equals(GpuSpec? other) =>
        other is not null && Count == other.Count && Thousandths == other.Thousandths && Models.SequenceEqual(other.Models, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Count, Thousandths, Models.Length);
}
