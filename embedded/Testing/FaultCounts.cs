namespace OrleansCluster.Testing;

/// <summary>How often each fault has happened.</summary>
public sealed class FaultCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<FaultKind>().Length];

    public long this[FaultKind kind] => _counts[(int)kind];

    public void Add(FaultCounts others)
    {
        ArgumentNullException.ThrowIfNull(others);
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += others._counts[i];
    }

    internal void Add(FaultKind kind) => _counts[(int)kind]++;
}
