using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What a task asks for beside <see cref="Resources"/>. A task that asks for none of it has none of these.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ExtraDemand")]
public sealed record ExtraDemand
{
    [Id(0)] public GpuSpec? Gpu { get; init; }

    [Id(1)] public ImmutableSortedDictionary<string, int> Amounts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    public bool Equals(ExtraDemand? other) => other is not null && Gpu == other.Gpu && (ReferenceEquals(Amounts, other.Amounts) || Amounts.SequenceEqual(other.Amounts));

    public override int GetHashCode() => HashCode.Combine(Gpu, Amounts.Count);
}
