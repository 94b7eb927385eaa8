using System.Text.Json;

namespace OrleansCluster.Silo.Api.Streams;

/// <summary>
/// Writes a container's log as it grows, one JSON object a line, until the container has ended. It may begin before there is a node: it looks
/// at the task now and then, which is cheaper than a wake-up for every task of the cluster.
/// </summary>
internal sealed class LogFollower(IGrainFactory grains, TimeProvider clock, LogTarget target)
{
    public const string MediaType = "application/x-ndjson";

    /// <summary>Shorter than the engines' limit of a grain call, 30 s by default.</summary>
    private static readonly TimeSpan _longestRead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    public async Task Write(HttpResponse response, long from, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The task is read before its log: once it has ended, a log that is at its end has no more to come.
            if (await grains.GetGrain<ITaskGrain>(GrainKeys.Task(target.Cluster, target.TaskId)).Get() is not { } task)
                return;
            var (node, hasEnded) = target.PlaceIn(task);
            var chunk = node is null ? null : await Read(node, hasEnded, target.ToRequest(from, limit, _longestRead), cancellationToken);
            if (chunk is not null)
            {
                await Write(response, chunk, cancellationToken);
                from = chunk.Next;
                if (chunk.IsEnd)
                    return;
                if (!chunk.Lines.IsEmpty)
                    continue;
            }

            if (hasEnded)
                return;
            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    private async Task<LogChunk?> Read(string node, bool hasEnded, LogRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await grains.GetGrain<INodeGrain>(GrainKeys.Node(target.Cluster, node)).ReadLogs(request, cancellationToken);
            return answer.Value;
        }
        catch (TimeoutException) when (!hasEnded)
        {
            // Its agent is away for now; the task's state will tell what became of it.
            return null;
        }
    }

    private static async Task Write(HttpResponse response, LogChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var line in chunk.Lines)
        {
            await JsonSerializer.SerializeAsync(response.Body, line, ClusterJson.Options, cancellationToken);
            await response.Body.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }

        if (!chunk.Lines.IsEmpty)
            await response.Body.FlushAsync(cancellationToken);
    }
}
