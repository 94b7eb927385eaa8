using System.Runtime.CompilerServices;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Nodes: <c>/v1/nodes</c>.</summary>
public sealed class NodesClient
{
    private readonly ApiConnection _connection;

    internal NodesClient(ApiConnection connection) => _connection = connection;

    /// <summary>One node, with the ids of the tasks that hold claims there.</summary>
    /// <exception cref="ClusterApiException">404: no such node.</exception>
    public Task<NodeView> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<NodeView>(ApiPath.Of("nodes", name), cancellationToken);

    /// <summary>All nodes; the cluster gives them in one answer.</summary>
    public Task<Page<NodeView>> GetAllAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<NodeView>>(ApiPath.Of("nodes"), cancellationToken);

    /// <summary>All nodes, one by one.</summary>
    public async IAsyncEnumerable<NodeView> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var node in (await GetAllAsync(cancellationToken)).Items)
            yield return node;
    }
}
