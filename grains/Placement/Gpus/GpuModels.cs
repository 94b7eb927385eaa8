using System.Collections.Immutable;

namespace OrleansCluster.Placement.Gpus;

/// <summary>
/// The GPU models of one cluster, a bit each, so that "is this node's model allowed" is one AND in a scan. Names are compared as they are
/// written.
/// </summary>
public sealed class GpuModels
{
    /// <summary>Models of one cluster: the bits of an <see cref="int"/>, the lanes that scans use.</summary>
    public const int Limit = 32;

    /// <summary>The set of all models.</summary>
    public const int Any = -1;

    private readonly ImmutableArray<string> _names;

    /// <summary>Repeated and empty names count once and not at all.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="Limit"/>.</exception>
    public GpuModels(IEnumerable<string> names)
    {
        _names = [.. names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (_names.Length > Limit)
            throw new ArgumentException($"{_names.Length} GPU models: one cluster can have at most {Limit}.", nameof(names));
    }

    /// <summary>The bit of a model; 0 for one that no node has.</summary>
    public int BitOf(string name) => _names.IndexOf(name, StringComparer.Ordinal) is >= 0 and var index ? 1 << index : 0;

    /// <summary>
    /// The models that a specification such as <c>V100M16|V100M32</c> allows; an empty one allows any. One that names only models which no node
    /// has allows none.
    /// </summary>
    public int Parse(string specification)
    {
        var names = specification.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length == 0 ? Any : names.Aggregate(0, (set, name) => set | BitOf(name));
    }
}
