using System.Text.Json;
using OrleansCluster.Client.Http;
using OrleansCluster.Client.Streams;

namespace OrleansCluster.Client;

/// <summary>Tasks: <c>/v1/tasks</c>. Their ids are <c>job.name.index</c>, and of those of services <c>service.slot.number</c>.</summary>
public sealed class TasksClient
{
    private const int PollSeconds = 30;
    private const int Conflict = 409;

    private readonly ApiConnection _connection;
    private readonly IIdempotencyKeySource _keys;

    internal TasksClient(ApiConnection connection, IIdempotencyKeySource keys)
    {
        _connection = connection;
        _keys = keys;
    }

    /// <summary>Places tasks on nodes of one's choice, all of them or none, without any scheduler; durable when it returns. Safe against broken connections, but not against a second call.</summary>
    /// <returns>The job that they become; its tasks are <c>job.main.index</c>, in the order of the nodes.</returns>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong. 409: not all of them can be there; the faults say what is short on which node.</exception>
    public Task<JobView> StartAsync(StartTaskRequest request, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<JobView>(ApiPath.Of("tasks", "start"), JsonSerializer.SerializeToElement(request, ClusterJson.Options), _keys.NewKey(), cancellationToken);

    /// <exception cref="ClusterApiException">404: no such task.</exception>
    public Task<TaskView> GetAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<TaskView>(ApiPath.Of("tasks", taskId), cancellationToken);

    /// <param name="jobId"><see langword="null"/> for the tasks of all jobs.</param>
    /// <param name="state"><see langword="null"/> for all.</param>
    public Task<Page<TaskView>> GetPageAsync(string? jobId, TaskState? state, PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<TaskView>>(ApiPath.Of("tasks").With("job", jobId).WithEnum("state", state).With(page), cancellationToken);

    /// <summary>A service's tasks, those that have stopped among them.</summary>
    /// <param name="state"><see langword="null"/> for all.</param>
    public Task<Page<TaskView>> GetPageOfServiceAsync(string service, TaskState? state, PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<TaskView>>(ApiPath.Of("tasks").With("service", service).WithEnum("state", state).With(page), cancellationToken);

    /// <summary>A framework's tasks, those that have stopped and are not acknowledged among them.</summary>
    /// <param name="state"><see langword="null"/> for all.</param>
    public Task<Page<TaskView>> GetPageOfFrameworkAsync(string framework, TaskState? state, PageRequest page, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<TaskView>>(ApiPath.Of("tasks").With("framework", framework).WithEnum("state", state).With(page), cancellationToken);

    /// <summary>All tasks, page by page as they are enumerated.</summary>
    /// <param name="jobId"><see langword="null"/> for the tasks of all jobs.</param>
    /// <param name="state"><see langword="null"/> for all.</param>
    public IAsyncEnumerable<TaskView> ListAsync(string? jobId, TaskState? state, CancellationToken cancellationToken = default) =>
        _connection.ListAsync<TaskView>((page, token) => GetPageAsync(jobId, state, page, token), cancellationToken);

    /// <summary>Stops a task for good. Stopping what has stopped changes nothing and is no error.</summary>
    /// <param name="reason">Shown with the task; <see langword="null"/> for the cluster's own words.</param>
    /// <exception cref="ClusterApiException">404: no such task.</exception>
    public Task<TaskView> StopAsync(string taskId, string? reason, CancellationToken cancellationToken = default) =>
        _connection.PostAsync<TaskView>(ApiPath.Of("tasks", taskId, "stop"), StopRequest.Body(reason), idempotencyKey: null, cancellationToken);

    /// <summary>Why a task is where it is; for a queued one, what its placement meets and whether waiting can help.</summary>
    /// <exception cref="ClusterApiException">404: no such task.</exception>
    public Task<TaskExplanation> ExplainAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<TaskExplanation>(ApiPath.Of("tasks", taskId, "explanation"), cancellationToken);

    /// <summary>A task's checkpoints, and what became of requests for one.</summary>
    /// <exception cref="ClusterApiException">404: no such task.</exception>
    public Task<TaskCheckpoints> GetCheckpointsAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<TaskCheckpoints>(ApiPath.Of("tasks", taskId, "checkpoints"), cancellationToken);

    /// <summary>Asks for a checkpoint of a task that runs, and waits until it is stored or it is known why it cannot be. A call that is repeated asks for another one.</summary>
    /// <exception cref="ClusterApiException">404: no such task. 409: its definition has no checkpoint, it does not run, or the checkpoint could not be taken.</exception>
    public async Task<TaskCheckpoint> CheckpointAsync(string taskId, CancellationToken cancellationToken = default)
    {
        var asked = await _connection.PostAsync<TaskCheckpoints>(ApiPath.Of("tasks", taskId, "checkpoints"), JsonSerializer.SerializeToElement(new { }), idempotencyKey: null, cancellationToken);
        var request = asked.Requested;
        while (asked.Answered < request)
        {
            var path = ApiPath.Of("tasks", taskId, "checkpoints").With("request", request).With("wait", PollSeconds);
            asked = await _connection.GetAsync<TaskCheckpoints>(path, cancellationToken);
        }

        return asked.Kept.FirstOrDefault(kept => kept.Number == asked.AnsweredBy)
            ?? throw new ClusterApiException(Conflict, asked.Failure ?? "The checkpoint is not kept any more.", detail: null, []);
    }

    /// <summary>A piece of a container's log.</summary>
    /// <exception cref="ClusterApiException">404: no such task, container or attempt.</exception>
    public Task<LogChunk> GetLogsAsync(string taskId, LogQuery query, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<LogChunk>(LogFollower.PathOf(taskId, query).With("limit", query.Limit), cancellationToken);

    /// <summary>
    /// The lines there are and those to come, until the container has ended. Resumes after a broken connection without repeating or losing a
    /// line.
    /// </summary>
    /// <exception cref="ClusterApiException">404: no such task, container or attempt.</exception>
    public IAsyncEnumerable<LogLine> FollowLogsAsync(string taskId, LogQuery query, CancellationToken cancellationToken = default) =>
        new LogFollower(_connection, taskId).ReadAsync(query, cancellationToken);
}
