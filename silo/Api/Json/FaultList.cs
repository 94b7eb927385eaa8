using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Json;

/// <summary>Collects faults, the first <see cref="Most"/> of them; the rest are counted.</summary>
internal sealed class FaultList
{
    public const int Most = 100;

    private readonly List<Fault> _faults = [];
    private int _left;

    public bool IsEmpty => _faults.Count == 0;

    public void Add(string path, string message)
    {
        if (_faults.Count < Most)
            _faults.Add(new Fault(path, message));
        else
            _left++;
    }

    public ImmutableArray<Fault> ToImmutable() =>
        _left == 0 ? [.. _faults] : [.. _faults, new Fault("", $"and {_left} more faults")];
}
