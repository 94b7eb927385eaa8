using System.Runtime.CompilerServices;
using System.Text.Json;
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

    /// <summary>
    /// Takes a node out of service: it takes no more tasks, and those that are still there when <paramref name="deadline"/> is over are stopped and run elsewhere.
    /// <see cref="NodeView.Drain"/> tells when nothing is left.
    /// </summary>
    /// <param name="deadline">0 to 7 days, in whole seconds; zero moves them at once.</param>
    /// <param name="oneAtATime">Of each job, one task is moved at a time.</param>
    /// <exception cref="ClusterApiException">404: no such node.</exception>
    public Task<NodeView> DrainAsync(string name, TimeSpan deadline, bool oneAtATime, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<NodeView>(
            ApiPath.Of("nodes", name, "drain"),
            JsonSerializer.SerializeToElement(new { Deadline = (int)deadline.TotalSeconds, OneAtATime = oneAtATime }, ClusterJson.Options),
            idempotencyKey: null,
            cancellationToken);

    /// <summary>Takes a node back into service. What has been moved stays where it is.</summary>
    /// <exception cref="ClusterApiException">404: no such node.</exception>
    public Task<NodeView> ActivateAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<NodeView>(ApiPath.Of("nodes", name, "activate"), JsonSerializer.SerializeToElement(new { }, ClusterJson.Options), idempotencyKey: null, cancellationToken);
}
