namespace OrleansCluster.Placement.Extras;

/// <summary>A number a node, worked out from it; the smaller is the better.</summary>
internal sealed class NodeKeys
{
    private readonly int[] _keys;
    private readonly Func<int, int> _keyOf;

    public NodeKeys(int nodes, Func<int, int> keyOf)
    {
        (_keys, _keyOf) = (new int[nodes], keyOf);
        for (var node = 0; node < nodes; node++)
            Renew(node);
    }

    public ReadOnlySpan<int> All => _keys;

    /// <summary>After something was taken from the node.</summary>
    public void Renew(int node) => _keys[node] = _keyOf(node);
}
