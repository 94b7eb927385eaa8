using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What is claimed on a node beside <see cref="Resources"/>: by one task attempt, or by all of them together.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ExtraClaim")]
public sealed record ExtraClaim
{
    /// <summary>In the order of the node's devices, each once.</summary>
    [Id(0)] public ImmutableArray<GpuShare> Gpus { get; init; } = [];

    [Id(1)] public ImmutableSortedDictionary<string, int> Amounts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    public bool Equals(ExtraClaim? other) => other is not null && Gpus.SequenceEqual(other.Gpus) && (ReferenceEquals(Amounts, other.Amounts) || Amounts.SequenceEqual(other.Amounts));

    public override int GetHashCode() => HashCode.Combine(Gpus.Length, Amounts.Count);
}
