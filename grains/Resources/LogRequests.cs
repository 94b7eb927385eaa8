using System.Collections.Immutable;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>Log reads on their way to the agent and back.</summary>
internal sealed class LogRequests
{
    private readonly Dictionary<string, (LogRequest Request, TaskCompletionSource<LogChunk> Answer)> _open = new(StringComparer.Ordinal);

    public ImmutableArray<LogRequest> Open { get; private set; } = [];

    public Task<LogChunk> Add(LogRequest request)
    {
        // No RunContinuationsAsynchronously: the answer arrives in a turn and is awaited with a timeout.
        var answer = new TaskCompletionSource<LogChunk>();
        _open.Add(request.RequestId, (request, answer));
        Open = Open.Add(request);
        return answer.Task;
    }

    public void Answer(string requestId, LogChunk chunk)
    {
        if (_open.TryGetValue(requestId, out var open))
            open.Answer.TrySetResult(chunk);
    }

    public void Remove(string requestId)
    {
        if (_open.Remove(requestId, out var open))
            Open = Open.Remove(open.Request);
    }
}
