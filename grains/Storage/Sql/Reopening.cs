namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Spaces the attempts to reach a database that is away: none before the first, then longer and longer ones up to a limit.</summary>
internal sealed class Reopening(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _hurry = new();
    private TimeSpan _pause;

    /// <summary>Blocks: the writer has a thread of its own.</summary>
    public void Wait()
    {
        if (_pause == TimeSpan.Zero)
            return;
        try
        {
            Task.Delay(_pause, clock, _hurry.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Closing: what still waits is tried once more, without a pause.
        }
    }

    public void Attempted() => _pause = _pause == TimeSpan.Zero ? _shortest : _pause * 2 < _longest ? _pause * 2 : _longest;

    public void Succeeded() => _pause = TimeSpan.Zero;

    /// <summary>Ends the pause under way and all later ones.</summary>
    public void Hurry() => _hurry.Cancel();

    public void Dispose() => _hurry.Dispose();
}
