using System.Runtime.CompilerServices;
using OrleansCluster.Client.Http;
using OrleansCluster.Client.Streams;

namespace OrleansCluster.Client;

/// <summary>What happens in the cluster: <c>/v1/events</c>.</summary>
public sealed class EventsClient
{
    private readonly ApiConnection _connection;

    internal EventsClient(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// Events in order, those there are and those to come, without end: stop by the token. Resumes after a broken connection or a restart of the
    /// cluster with the event after the last one given.
    /// </summary>
    /// <param name="after">The <see cref="ClusterEvent.Sequence"/> to go on after; 0 for all that the cluster has kept.</param>
    /// <param name="jobId"><see langword="null"/> for all jobs, and for what belongs to none.</param>
    public async IAsyncEnumerable<ClusterEvent> ReadAsync(
        long after, string? jobId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = after;
        var events = new ResumingStream<ClusterEvent>(_connection, OpenAsync) { IsAtEnd = _ => Task.FromResult(false) };
        await foreach (var item in events.ReadAsync(cancellationToken))
        {
            last = item.Sequence;
            yield return item;
        }

        async Task<IAsyncEnumerable<ClusterEvent>> OpenAsync(CancellationToken token)
        {
            var path = ApiPath.Of("events").With("after", last).With("job", jobId);
            return EventReader.ReadAsync(await _connection.OpenAsync(path, "text/event-stream", token), token);
        }
    }
}
