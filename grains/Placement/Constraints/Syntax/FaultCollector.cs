using System.Collections.Immutable;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>Keeps the first fault of each column: a second one there follows from it.</summary>
internal sealed class FaultCollector
{
    private readonly SortedDictionary<int, ConstraintFault> _faults = [];
    private bool _isClosed;

    public bool IsEmpty => _faults.Count == 0;

    public void Add(Token token, string expected) => Add(token.Column, token.Shown, expected);

    public void Add(int column, string found, string expected)
    {
        if (!_isClosed && _faults.Count < ConstraintLimits.Faults)
            _faults.TryAdd(column, new ConstraintFault(column, found, expected));
    }

    /// <summary>Nothing that comes after can be told from what follows from the faults so far.</summary>
    public void Close() => _isClosed = true;

    public ImmutableArray<ConstraintFault> ToImmutable() => [.. _faults.Values];
}
