using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Schedules: <c>/v1/schedules</c>.</summary>
public sealed class SchedulesClient
{
    private readonly ApiConnection _connection;
    private readonly IIdempotencyKeySource _keys;

    internal SchedulesClient(ApiConnection connection, IIdempotencyKeySource keys)
    {
        _connection = connection;
        _keys = keys;
    }

    /// <summary>Makes a schedule, or changes it; durable when it returns. The same again changes nothing.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong, all of it; nothing has changed.</exception>
    public Task<ScheduleView> PutAsync(ScheduleSpec schedule, CancellationToken cancellationToken = default) =>
        PutRawAsync(schedule.Name, JsonSerializer.SerializeToElement(schedule, ClusterJson.Options), cancellationToken);

    /// <summary>The same for a schedule as the user wrote it, so that the cluster finds the faults and its pointers match what was written.</summary>
    /// <exception cref="ClusterApiException">As <see cref="PutAsync"/>.</exception>
    public Task<ScheduleView> PutRawAsync(string name, JsonElement schedule, CancellationToken cancellationToken = default) =>
        _connection.PutAsync<ScheduleView>(ApiPath.Of("schedules", name), schedule, cancellationToken);

    /// <exception cref="ClusterApiException">404: no such schedule.</exception>
    public Task<ScheduleView> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<ScheduleView>(ApiPath.Of("schedules", name), cancellationToken);

    public Task<Page<ScheduleView>> GetPageAsync(PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<ScheduleView>>(ApiPath.Of("schedules").With(page), cancellationToken);

    /// <summary>All schedules, page by page as they are enumerated.</summary>
    public IAsyncEnumerable<ScheduleView> ListAsync(CancellationToken cancellationToken = default) => _connection.ListAsync<ScheduleView>(GetPageAsync, cancellationToken);

    /// <summary>Starts a job beside the schedule, also while it is paused. Its outcome says whether one was started: safe against broken connections, but not against a second call.</summary>
    /// <exception cref="ClusterApiException">404: no such schedule.</exception>
    public Task<ScheduleRun> RunAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<ScheduleRun>(ApiPath.Of("schedules", name, "run"), Nothing(), _keys.NewKey(), cancellationToken);

    /// <summary>Starts nothing any more by itself; what comes meanwhile is not missed.</summary>
    /// <exception cref="ClusterApiException">404: no such schedule.</exception>
    public Task<ScheduleView> PauseAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<ScheduleView>(ApiPath.Of("schedules", name, "pause"), Nothing(), idempotencyKey: null, cancellationToken);

    /// <summary>Goes on with the next start that comes.</summary>
    /// <exception cref="ClusterApiException">404: no such schedule.</exception>
    public Task<ScheduleView> ResumeAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<ScheduleView>(ApiPath.Of("schedules", name, "resume"), Nothing(), idempotencyKey: null, cancellationToken);

    /// <summary>Removes a schedule; jobs that have started go on. Gives it as it was.</summary>
    /// <exception cref="ClusterApiException">404: no such schedule.</exception>
    public Task<ScheduleView> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync<ScheduleView>(ApiPath.Of("schedules", name), etag: null, cancellationToken);

    private static JsonElement Nothing() => JsonSerializer.SerializeToElement(new { }, ClusterJson.Options);
}
