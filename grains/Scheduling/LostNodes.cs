namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// Nodes that this scheduler keeps losing to others. It stays away from each for a number of rounds that doubles with every further loss; somebody who
/// decides faster would otherwise make it decide the same in vain.
/// </summary>
internal sealed class LostNodes
{
    /// <summary>Losses in a row that are put down to chance.</summary>
    public const int Tolerated = 2;

    /// <summary>Rounds, at the most.</summary>
    public const int LongestAway = 32;

    private readonly SortedDictionary<string, (int Losses, long Until)> _nodes = new(StringComparer.Ordinal);
    private long _round;

    /// <summary>Begins a round; answers the nodes to stay away from in it.</summary>
    public IReadOnlyList<string> Next()
    {
        _round++;
        return [.. _nodes.Where(node => node.Value.Until >= _round).Select(node => node.Key)];
    }

    /// <summary>A claim on the node was rejected in this round, because another has taken what it wanted.</summary>
    public void Lost(string node)
    {
        var losses = _nodes.GetValueOrDefault(node).Losses + 1;
        var away = losses <= Tolerated ? 0 : Math.Min(LongestAway, 1 << Math.Min(losses - Tolerated - 1, 30));
        _nodes[node] = (losses, _round + away);
    }

    /// <summary>A claim on the node was committed.</summary>
    public void Won(string node) => _nodes.Remove(node);
}
