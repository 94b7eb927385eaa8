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

    public Task<Page<NodeView>> GetPageAsync(PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<NodeView>>(ApiPath.Of("nodes").With(page), cancellationToken);

    /// <summary>All nodes, page by page as they are enumerated.</summary>
    public IAsyncEnumerable<NodeView> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.ListAsync<NodeView>(GetPageAsync, cancellationToken);
}
