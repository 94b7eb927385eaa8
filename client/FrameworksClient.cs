using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Frameworks, schedulers that are not the cluster's own, and the state that all schedulers share: <c>/v1/frameworks</c>, <c>/v1/cluster/state</c>.</summary>
public sealed class FrameworksClient
{
    private readonly ApiConnection _connection;
    private readonly IIdempotencyKeySource _keys;

    internal FrameworksClient(ApiConnection connection, IIdempotencyKeySource keys)
    {
        _connection = connection;
        _keys = keys;
    }

    /// <summary>
    /// Runs a scheduler until it is done or the token is cancelled: registers the framework, keeps its snapshot up to date, asks it whenever something has changed, commits what it
    /// decides, and acknowledges its tasks' updates once they have been told. Outlives restarts of the cluster. One run at a time: where a later one begins, the earlier one ends.
    /// </summary>
    /// <param name="token">Of the framework, 16 to 128 visible ASCII characters. A secret of its own: with the same one a later run takes over the tasks.</param>
    /// <exception cref="ClusterApiException">400: a decision had faults, which are all named. 403: the token is not the framework's. 404: it was removed. 409: names of tasks are in use.</exception>
    /// <exception cref="SchedulerFollowedException">A later run of the framework has taken over.</exception>
    /// <exception cref="ClusterUnreachableException">Nobody answered for as long as <see cref="OrleansClusterClientOptions.ReconnectAttempts"/> last.</exception>
    public Task RunAsync(FrameworkSpec framework, string token, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        new SchedulerRun(As(framework.Name, token), framework, scheduler, _connection.Time, _keys.NewKey()).RunAsync(cancellationToken);

    /// <summary>The calls of one framework.</summary>
    public FrameworkClient As(string name, string token) => new(_connection.With(token), this, name);

    /// <summary>Registers a framework, or changes what is known of it; durable when it returns. The same again changes nothing.</summary>
    /// <param name="token">Of a new one, what its calls will bring along: 16 to 128 visible ASCII characters. Empty to have one made, which only the answer tells: not to be repeated then.</param>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong. 403: there is one of the name, with another token.</exception>
    public Task<FrameworkRegistration> PutAsync(FrameworkSpec framework, string token, CancellationToken cancellationToken = default)
    {
        var connection = token.Length == 0 ? _connection : _connection.With(token);
        return connection.PutAsync<FrameworkRegistration>(ApiPath.Of("frameworks", framework.Name), JsonSerializer.SerializeToElement(framework, ClusterJson.Options), cancellationToken);
    }

    /// <exception cref="ClusterApiException">404: no such framework.</exception>
    public Task<FrameworkView> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<FrameworkView>(ApiPath.Of("frameworks", name), cancellationToken);

    public Task<Page<FrameworkView>> GetPageAsync(PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<FrameworkView>>(ApiPath.Of("frameworks").With(page), cancellationToken);

    /// <summary>All frameworks, page by page as they are enumerated.</summary>
    public IAsyncEnumerable<FrameworkView> ListAsync(CancellationToken cancellationToken = default) => _connection.ListAsync<FrameworkView>(GetPageAsync, cancellationToken);

    /// <summary>Stops a framework's tasks; it is gone when they have stopped.</summary>
    /// <exception cref="ClusterApiException">404: no such framework.</exception>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => _connection.RemoveAsync(ApiPath.Of("frameworks", name), cancellationToken);

    /// <summary>What has changed in the cluster state since a version.</summary>
    /// <param name="since"><see cref="ClusterVersion.None"/> for all of it.</param>
    /// <param name="wait">How long to wait while there is nothing new, in whole seconds, up to a minute.</param>
    /// <param name="isFresh">All that was durable when it was asked for, rather than what may be some seconds old.</param>
    public Task<ClusterDelta> GetStateAsync(ClusterVersion since, TimeSpan wait, bool isFresh, CancellationToken cancellationToken = default)
    {
        var path = ApiPath.Of("cluster", "state").With("incarnation", since.Incarnation).With("version", string.IsNullOrEmpty(since.Incarnation) ? null : since.Number)
            .With("wait", (long)wait.TotalSeconds).With("fresh", isFresh ? "true" : null);
        return _connection.GetAsync<ClusterDelta>(path, _connection.ReconnectAttempts, cancellationToken);
    }
}
