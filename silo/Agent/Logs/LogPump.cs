using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Agent.Logs;

/// <summary>Copies one container's output from the runtime into its file, from the beginning until it ends.</summary>
/// <param name="hasEnded">The container is known to have ended, so that its output is all there.</param>
internal sealed class LogPump(string id, bool hasEnded, LogWriter writer, IContainerRuntime runtime, LoopRunner loops, TimeProvider clock)
{
    /// <summary>After so many failures that are not the runtime's absence (a full disk, say) the log is given up: its container must not stay for ever.</summary>
    private const int FailuresAtMost = 5;

    private readonly TaskCompletionSource _completed = new();
    private CancellationTokenSource? _lifetime;
    private int _failures;

    public Growth Growth { get; } = new(clock);

    /// <summary>The file is whole: the container has ended, or the file has reached its limit.</summary>
    public bool IsComplete => _completed.Task.IsCompleted;

    public Task Completed => _completed.Task;

    /// <summary>The copying itself, once started; it fails where the file could not even be closed.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start(CancellationToken stopping) => Running = Run(stopping);

    private async Task Run(CancellationToken stopping)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _lifetime = lifetime;
        using (writer)
            await loops.Run("log", id, Copy, lifetime.Token);
    }

    private async Task Copy(CancellationToken cancellationToken)
    {
        try
        {
            await CopyRest(cancellationToken);
            if (!hasEnded && !writer.IsFull && await runtime.Inspect(id, cancellationToken) is { Status: ContainerStatus.Running })
                throw new RuntimeUnavailableException($"The log of container {id} ended before the container.");
            writer.Complete();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var isHopeless = exception is not RuntimeUnavailableException && ++_failures >= FailuresAtMost;
            if (!isHopeless && await runtime.Inspect(id, cancellationToken) is not null)
                throw;
        }

        Complete();
    }

    /// <summary>A stream that broke is read from its beginning again, past what has been written.</summary>
    private async Task CopyRest(CancellationToken cancellationToken)
    {
        var index = 0L;
        await using var lines = runtime.ReadLog(id, follow: !hasEnded, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (!writer.IsFull)
        {
            var next = lines.MoveNextAsync();
            if (!next.IsCompleted)
                Show();
            if (!await next)
                break;
            if (index++ >= writer.Count)
                writer.Write(lines.Current);
        }

        Show();
    }

    private void Show()
    {
        writer.Flush();
        Growth.Set();
    }

    private void Complete()
    {
        _completed.TrySetResult();
        Growth.Set();
        _lifetime!.Cancel();
    }
}
