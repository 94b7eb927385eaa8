using System.Collections.Concurrent;

namespace OrleansCluster.Placement.Constraints;

/// <summary>Expressions that have been read, by their texts: the tasks of a job have all the same ones. Thread-safe.</summary>
public sealed class ConstraintCache
{
    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<string, ConstraintExpression?> _expressions = new(StringComparer.Ordinal);

    /// <returns><see langword="null"/> for a text that is none.</returns>
    public ConstraintExpression? Get(string text)
    {
        if (_expressions.TryGetValue(text, out var known))
            return known;
        if (_expressions.Count >= MostKept)
            _expressions.Clear();
        return _expressions[text] = ConstraintExpression.Parse(text).Expression;
    }
}
