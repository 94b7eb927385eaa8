using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Logs;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Silo.Agent;

/// <summary>Answers requests for logs, each once and side by side: some wait long for a line that does not come.</summary>
internal sealed partial class LogAnswers(INodeGrain node, ContainerLogs logs, TaskSet tasks, ILogger logger)
{
    private const int AtOnce = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _answers = [];

    /// <param name="requests">All that are open; they are repeated with every assignment until they are answered.</param>
    public void Accept(ImmutableArray<LogRequest> requests, CancellationToken stopping)
    {
        var open = requests.Select(request => request.RequestId).ToHashSet();
        lock (_lock)
        {
            foreach (var (id, answer) in _answers.ToArray())
            {
                if (answer.IsCompleted && !open.Contains(id))
                    _answers.Remove(id);
            }
        }

        foreach (var request in requests)
            Accept(request, stopping);
    }

    public Task Drain()
    {
        lock (_lock)
            return Task.WhenAll(_answers.Values);
    }

    private void Accept(LogRequest request, CancellationToken stopping)
    {
        lock (_lock)
        {
            if (_answers.Values.Count(answer => !answer.IsCompleted) >= AtOnce || !_answers.TryAdd(request.RequestId, Task.CompletedTask))
                return;
        }

        var answering = Answer(request, stopping);
        lock (_lock)
            _answers[request.RequestId] = answering;
    }

    private async Task Answer(LogRequest request, CancellationToken stopping)
    {
        try
        {
            var chunk = await logs.Read(request, () => tasks.Find(request.TaskId, request.Attempt)?.Find(request.Container), stopping);
            await node.AnswerLogs(request.RequestId, chunk).WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever asked asks again.
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, request.TaskId, request.Container);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of task {Task}, container {Container}, could not be answered")]
    private static partial void LogFailed(ILogger logger, Exception exception, string task, string container);
}
