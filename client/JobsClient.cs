using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Jobs: <c>/v1/jobs</c>.</summary>
public sealed class JobsClient
{
    /// <summary>Below what proxies and HTTP clients give up after.</summary>
    private const int PollSeconds = 30;

    private readonly ApiConnection _connection;
    private readonly IIdempotencyKeySource _keys;

    internal JobsClient(ApiConnection connection, IIdempotencyKeySource keys)
    {
        _connection = connection;
        _keys = keys;
    }

    /// <summary>Submits a job under a new idempotency key: safe against broken connections, but not against a second call. Durable when it returns.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong, all of it; nothing has changed.</exception>
    public Task<JobView> SubmitAsync(JobSpec job, CancellationToken cancellationToken = default) => SubmitAsync(job, _keys.NewKey(), cancellationToken);

    /// <summary>Submits a job once, however often it is called with this key. Keys count within one job name.</summary>
    /// <param name="idempotencyKey">1 to 128 visible ASCII characters.</param>
    /// <exception cref="ClusterApiException">400: bad input. 409: the key has been used for another job.</exception>
    public Task<JobView> SubmitAsync(JobSpec job, string idempotencyKey, CancellationToken cancellationToken = default) =>
        SubmitRawAsync(JsonSerializer.SerializeToElement(job, ClusterJson.Options), idempotencyKey, cancellationToken);

    /// <summary>Submits a job as the user wrote it, so that the cluster finds the faults and its pointers match what was written.</summary>
    /// <exception cref="ClusterApiException">As <see cref="SubmitAsync(JobSpec, string, CancellationToken)"/>.</exception>
    public Task<JobView> SubmitRawAsync(JsonElement job, string idempotencyKey, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<JobView>(ApiPath.Of("jobs"), job, idempotencyKey, cancellationToken);

    /// <summary>Where a job's first tasks would run if it were submitted now, and what would wait. Nothing changes.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong, all of it.</exception>
    public Task<JobPlan> PlanAsync(JobSpec job, CancellationToken cancellationToken = default) =>
        PlanRawAsync(JsonSerializer.SerializeToElement(job, ClusterJson.Options), cancellationToken);

    /// <summary>The same for a job as the user wrote it.</summary>
    /// <exception cref="ClusterApiException">As <see cref="PlanAsync"/>.</exception>
    public Task<JobPlan> PlanRawAsync(JsonElement job, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<JobPlan>(ApiPath.Of("jobs", "plan"), job, idempotencyKey: null, cancellationToken);

    /// <summary>Submits a job and places it as planned, all or nothing. Durable when it returns; safe to repeat, since one plan is one job.</summary>
    /// <exception cref="ClusterApiException">400: bad input. 409: the faults name the nodes that have changed since; nothing was placed.</exception>
    public Task<JobView> SubmitPlanAsync(JobPlan plan, CancellationToken cancellationToken = default) =>
        SubmitPlanRawAsync(JsonSerializer.SerializeToElement(plan, ClusterJson.Options), cancellationToken);

    /// <summary>The same for a plan as it was kept.</summary>
    /// <exception cref="ClusterApiException">As <see cref="SubmitPlanAsync"/>.</exception>
    public Task<JobView> SubmitPlanRawAsync(JsonElement plan, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<JobView>(ApiPath.Of("jobs", "planned"), plan, idempotencyKey: null, cancellationToken);

    /// <exception cref="ClusterApiException">404: no such job.</exception>
    public Task<JobView> GetAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<JobView>(ApiPath.Of("jobs", jobId), cancellationToken);

    /// <param name="status"><see langword="null"/> for all.</param>
    public Task<Page<JobView>> GetPageAsync(JobStatus? status, PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<JobView>>(ApiPath.Of("jobs").WithEnum("status", status).With(page), cancellationToken);

    /// <summary>All jobs, page by page as they are enumerated.</summary>
    /// <param name="status"><see langword="null"/> for all.</param>
    public IAsyncEnumerable<JobView> ListAsync(JobStatus? status, CancellationToken cancellationToken = default) =>
        _connection.ListAsync<JobView>((page, token) => GetPageAsync(status, page, token), cancellationToken);

    /// <summary>The job now, and again after every change, until it has ended; the last one given has ended. Outlives a restart of the cluster.</summary>
    /// <exception cref="ClusterApiException">404: no such job.</exception>
    public async IAsyncEnumerable<JobView> WatchAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var job = await GetAsync(jobId, cancellationToken);
        yield return job;
        while (!job.HasEnded)
        {
            var path = ApiPath.Of("jobs", jobId).With("version", job.Version).With("wait", PollSeconds);
            var newer = await _connection.GetAsync<JobView>(path, _connection.ReconnectAttempts, cancellationToken);
            if (newer.Version == job.Version) continue;
            job = newer;
            yield return job;
        }
    }

    /// <summary>Stops a job's tasks and starts no more. Stopping what has ended changes nothing and is no error.</summary>
    /// <param name="reason">Shown with the job; <see langword="null"/> for the cluster's own words.</param>
    /// <exception cref="ClusterApiException">404: no such job.</exception>
    public Task<JobView> StopAsync(string jobId, string? reason, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<JobView>(ApiPath.Of("jobs", jobId, "stop"), StopRequest.Body(reason), idempotencyKey: null, cancellationToken);
}
