using System.Runtime.CompilerServices;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client.Streams;

/// <summary>
/// Follows one container's log over broken connections. A streamed line does not say where it stands, so what was seen is counted, and skipped
/// when the stream is opened again.
/// </summary>
internal sealed class LogFollower(ApiConnection connection, string taskId)
{
    public static ApiPath PathOf(string taskId, LogQuery query) =>
        ApiPath.Of("tasks", taskId, "logs").With("container", query.Container).With("attempt", query.Attempt).With("from", query.From);

    public async IAsyncEnumerable<LogLine> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The lines of another attempt would be other lines.
        var pinned = query with { Attempt = query.Attempt ?? (await GetTaskAsync(connection.Attempts, cancellationToken)).Attempt };
        var seen = 0L;
        var lines = new ResumingStream<LogLine>(connection, OpenAsync)
        {
            IsAtEnd = async token => HasEnded(await GetTaskAsync(connection.ReconnectAttempts, token), pinned),
        };
        await foreach (var line in lines.ReadAsync(cancellationToken))
        {
            seen++;
            yield return line;
        }

        async Task<IAsyncEnumerable<LogLine>> OpenAsync(CancellationToken token)
        {
            var response = await connection.OpenAsync(PathOf(taskId, pinned).With("follow", "true"), "application/x-ndjson", token);
            return SkipAsync(NdjsonReader.ReadAsync<LogLine>(response, token), seen, token);
        }
    }

    private Task<TaskView> GetTaskAsync(int attempts, CancellationToken cancellationToken) =>
        connection.GetAsync<TaskView>(ApiPath.Of("tasks", taskId), attempts, cancellationToken);

    private static bool HasEnded(TaskView task, LogQuery query)
    {
        if (task.State == TaskState.Stopped || task.Attempt != query.Attempt) return true;
        var containers = task.Containers.Where(container => query.Container is null || container.Name == query.Container).ToList();
        return containers.Count > 0 && containers.TrueForAll(container => container.Status == ContainerStatus.Stopped);
    }

    private static async IAsyncEnumerable<LogLine> SkipAsync(
        IAsyncEnumerable<LogLine> lines, long count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (count-- <= 0) yield return line;
        }
    }
}
