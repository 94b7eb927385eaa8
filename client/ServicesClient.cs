using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Services: <c>/v1/services</c>.</summary>
public sealed partial class ServicesClient
{
    /// <summary>Below what proxies and HTTP clients give up after.</summary>
    private const int PollSeconds = 30;
    private const int NotFound = 404;

    private readonly ApiConnection _connection;

    internal ServicesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes a service, or changes it; durable when it returns. What changes its tasks begins a deployment; the same again changes nothing.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong, all of it. 409: there is one with another specification, and only a new one will do. 404: there is none to change.</exception>
    public Task<ServiceView> PutAsync(ServiceSpec service, PutMode mode, CancellationToken cancellationToken = default) =>
        PutRawAsync(service.Name, JsonSerializer.SerializeToElement(service, ClusterJson.Options), mode, cancellationToken);

    /// <summary>The same for a service as the user wrote it, so that the cluster finds the faults and its pointers match what was written.</summary>
    /// <exception cref="ClusterApiException">As <see cref="PutAsync"/>.</exception>
    public Task<ServiceView> PutRawAsync(string name, JsonElement service, PutMode mode, CancellationToken cancellationToken = default) =>
        _connection.PutAsync<ServiceView>(ApiPath.Of("services", name).WithEnum<PutMode>("mode", mode), service, cancellationToken);

    /// <exception cref="ClusterApiException">404: no such service.</exception>
    public Task<ServiceView> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<ServiceView>(ApiPath.Of("services", name), cancellationToken);

    public Task<Page<ServiceView>> GetPageAsync(PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<ServiceView>>(ApiPath.Of("services").With(page), cancellationToken);

    /// <summary>All services, page by page as they are enumerated.</summary>
    public IAsyncEnumerable<ServiceView> ListAsync(CancellationToken cancellationToken = default) => _connection.ListAsync<ServiceView>(GetPageAsync, cancellationToken);

    /// <summary>The service now, and again after every change, until it has been deleted and is gone. Outlives a restart of the cluster.</summary>
    /// <exception cref="ClusterApiException">404: no such service from the beginning.</exception>
    public async IAsyncEnumerable<ServiceView> WatchAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var service = await GetAsync(name, cancellationToken);
        var shown = ContentOf(service);
        yield return service;
        while (await NextAsync(service, cancellationToken) is { } newer)
        {
            service = newer;

            // Its version may differ where nothing else does, as after a restart.
            if (ContentOf(service) is var content && content == shown) continue;
            shown = content;
            yield return service;
        }
    }

    /// <summary>Changes the desired count; durable when it returns.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong. 404: no such service.</exception>
    public Task<ServiceView> ScaleAsync(string name, int desiredCount, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<ServiceView>(ApiPath.Of("services", name, "scale"), Body(new { DesiredCount = desiredCount }), idempotencyKey: null, cancellationToken);

    /// <summary>Deploys the revision before, the last that was completed. Asked for once, also where the answer gets lost: a second time would take it back.</summary>
    /// <exception cref="ClusterApiException">404: no such service. 409: there is no revision to go back to.</exception>
    public Task<ServiceView> RollbackAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.PostOnceAsync<ServiceView>(ApiPath.Of("services", name, "rollback"), Body(new { }), cancellationToken);

    /// <summary>Ends the deployment that is under way. Asked for once, also where the answer gets lost: there may be another one by then.</summary>
    /// <param name="rollback">Back to the revision that was last completed; otherwise what runs is left as it is.</param>
    /// <exception cref="ClusterApiException">404: no such service. 409: none is under way, or there is nothing to go back to.</exception>
    public Task<ServiceView> StopDeploymentAsync(string name, bool rollback = true, CancellationToken cancellationToken = default) =>
        _connection.PostOnceAsync<ServiceView>(ApiPath.Of("services", name, "stop-deployment"), Body(new { Rollback = rollback }), cancellationToken);

    /// <summary>Answers hooks of its newest deployment that wait for an approval.</summary>
    /// <param name="hook">Which; <see langword="null"/> for all that wait.</param>
    /// <param name="deployment">The number of the deployment that is meant; <see langword="null"/> for the newest, whichever it is.</param>
    /// <param name="reject">The deployment may not go on: it has failed.</param>
    /// <exception cref="ClusterApiException">404: no such service. 409: nothing waits for that.</exception>
    public Task<ServiceView> ApproveAsync(string name, string? hook = null, int? deployment = null, bool reject = false, CancellationToken cancellationToken = default) =>
        _connection.PostOnceAsync<ServiceView>(ApiPath.Of("services", name, "approve"), Body(new { Hook = hook, Deployment = deployment, Reject = reject }), cancellationToken);

    /// <summary>Keeps one of its tasks from being stopped by scale in.</summary>
    /// <param name="time">Up to 48 hours, in whole seconds; zero ends the protection.</param>
    /// <exception cref="ClusterApiException">400: too long. 404: no such service or task.</exception>
    public Task<ServiceView> ProtectAsync(string name, string taskId, TimeSpan time, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<ServiceView>(ApiPath.Of("services", name, "protect"), Body(new { Task = taskId, Seconds = (int)time.TotalSeconds }), idempotencyKey: null, cancellationToken);

    /// <summary>Moves its tasks until they are spread evenly, whatever its mode is, some at a time. The answer shows the moves that are to be made.</summary>
    /// <param name="dryRun">Only shows them.</param>
    /// <exception cref="ClusterApiException">404: no such service. 409: it does not spread its tasks, or a deployment is under way.</exception>
    public Task<ServiceView> RebalanceAsync(string name, bool dryRun = false, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<ServiceView>(ApiPath.Of("services", name, "rebalance"), Body(new { DryRun = dryRun }), idempotencyKey: null, cancellationToken);

    /// <summary>Stops its tasks; it is gone when they have stopped. Deleting what is being deleted changes nothing.</summary>
    /// <exception cref="ClusterApiException">404: no such service.</exception>
    public Task<ServiceView> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync<ServiceView>(ApiPath.Of("services", name), etag: null, cancellationToken);

    private async Task<ServiceView?> NextAsync(ServiceView known, CancellationToken cancellationToken)
    {
        try
        {
            var path = ApiPath.Of("services", known.Spec.Name).With("version", known.Version).With("wait", PollSeconds);
            return await _connection.GetAsync<ServiceView>(path, _connection.ReconnectAttempts, cancellationToken);
        }
        catch (ClusterApiException exception) when (exception.Status == NotFound)
        {
            return null;
        }
    }

    private static string ContentOf(ServiceView service) => JsonSerializer.Serialize(service with { Version = 0, Metrics = [] }, ClusterJson.Options);

    private static JsonElement Body<T>(T body) => JsonSerializer.SerializeToElement(body, ClusterJson.Options);
}
