using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Placement;

/// <summary>
/// A number a node for each thing that constraints and strategies have asked about: kept from batch to batch, and computed anew only for blocks of 64
/// nodes one of which has changed. An array, once it is here, never changes, so copies of the cluster share them.
/// </summary>
internal sealed class NodeColumns
{
    private const int Block = 64;

    /// <summary>4 bytes a node each. There are no more in use at a time than jobs with rules of their own; the others are computed anew when they are asked for.</summary>
    private const int MostKept = 256;

    /// <summary>For each block, when the registration of one of its nodes has changed last, and when its tasks have.</summary>
    private readonly List<(long Registration, long Tasks)> _changes;
    private ImmutableDictionary<(ColumnKind Kind, string Text), Column> _columns = ImmutableDictionary<(ColumnKind Kind, string Text), Column>.Empty;
    private long _now;

    public NodeColumns() => _changes = [];

    private NodeColumns(NodeColumns other) => (_changes, _columns, _now) = ([.. other._changes], other._columns, other._now);

    public NodeColumns Copy() => new(this);

    /// <param name="isRegistration">Its tasks may have changed either way.</param>
    public void Changed(int node, bool isRegistration)
    {
        var block = node / Block;
        if (block == _changes.Count)
            _changes.Add(default);
        _now++;
        _changes[block] = (isRegistration ? _now : _changes[block].Registration, _now);
    }

    /// <summary>-1 for nodes that match, 0 for the others: masks for whole vectors.</summary>
    public int[] Matching(NodeTable nodes, ConstraintExpression expression)
    {
        var facts = new NodeFacts[Block];
        return Get((ColumnKind.Matching, expression.Text), nodes.Count, !expression.IsFixed, Fill);

        void Fill(int first, Span<int> values)
        {
            for (var i = 0; i < values.Length; i++)
                facts[i] = nodes.FactsOf(first + i, expression.AsksForTasks, []);
            Span<ulong> mask = [0];
            expression.Fill(facts.AsSpan(0, values.Length), mask);
            for (var i = 0; i < values.Length; i++)
                values[i] = -(int)((mask[0] >> i) & 1);
        }
    }

    /// <summary>Tasks of a group.</summary>
    public int[] OfGroup(NodeTable nodes, string group)
    {
        return Get((ColumnKind.Group, group), nodes.Count, isOfTasks: true, Fill);

        void Fill(int first, Span<int> values)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = nodes.TasksOf(first + i, group);
        }
    }

    /// <summary>A number for each value that an attribute has, from 0; one for all nodes that lack it.</summary>
    public (int[] Values, int Count) OfAttribute(NodeTable nodes, string attribute)
    {
        var key = (ColumnKind.Attribute, attribute);
        var known = _columns.GetValueOrDefault(key);
        var numbers = known?.Numbers ?? ImmutableDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal);
        var column = Renew(known, nodes.Count, isOfTasks: false, Fill);
        Keep(key, column with { Numbers = numbers });
        return (column.Values, numbers.Count + 1);

        void Fill(int first, Span<int> values)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = NumberOf(nodes.Snapshots[first + i].Attributes.GetValueOrDefault(attribute));
        }

        int NumberOf(string? value)
        {
            if (value is null)
                return 0;
            if (!numbers.TryGetValue(value, out var number))
                numbers = numbers.Add(value, number = numbers.Count + 1);
            return number;
        }
    }

    private int[] Get((ColumnKind Kind, string Text) key, int count, bool isOfTasks, Filling fill)
    {
        var known = _columns.GetValueOrDefault(key);
        var column = Renew(known, count, isOfTasks, fill);
        if (!ReferenceEquals(column, known))
            Keep(key, column);
        return column.Values;
    }

    // Two copies may do so at once: what one of them keeps may be lost then, and is computed anew.
    private void Keep((ColumnKind Kind, string Text) key, Column column) =>
        _columns = (_columns.Count < MostKept ? _columns : _columns.Clear()).SetItem(key, column);

    private Column Renew(Column? known, int count, bool isOfTasks, Filling fill)
    {
        if (known?.At == _now && known.Values.Length == count)
            return known;

        int[]? values = known is null || known.Values.Length != count ? Resize(known?.Values, count) : null;
        for (var block = 0; block < _changes.Count; block++)
        {
            var changed = isOfTasks ? _changes[block].Tasks : _changes[block].Registration;
            if (known is not null && changed <= known.At)
                continue;
            values ??= [.. known!.Values];
            var first = block * Block;
            fill(first, values.AsSpan(first, Math.Min(Block, count - first)));
        }

        return new Column(values ?? known!.Values, _now, known?.Numbers);
    }

    private static int[] Resize(int[]? values, int count)
    {
        var resized = new int[count];
        values.AsSpan().CopyTo(resized);
        return resized;
    }

    private delegate void Filling(int first, Span<int> values);

    private enum ColumnKind
    {
        Matching,
        Group,
        Attribute,
    }

    /// <param name="Numbers">Of an attribute's values.</param>
    private sealed record Column(int[] Values, long At, ImmutableDictionary<string, int>? Numbers);
}
