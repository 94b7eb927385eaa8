using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What a node offers beside <see cref="Resources"/>. A node that has none of it has none of these.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ExtraCapacity")]
public sealed record ExtraCapacity
{
    /// <summary>64 at the most.</summary>
    [Id(0)] public ImmutableArray<GpuDevice> Gpus { get; init; } = [];

    /// <summary>Whatever else tasks share out among themselves, by a name of its own: <c>licence</c> → 4.</summary>
    [Id(1)] public ImmutableSortedDictionary<string, int> Amounts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    public bool Equals(ExtraCapacity? other) => other is not null && Gpus.SequenceEqual(other.Gpus) && (ReferenceEquals(Amounts, other.Amounts) || Amounts.SequenceEqual(other.Amounts));

    public override int GetHashCode() => HashCode.Combine(Gpus.Length, Amounts.Count);
}
