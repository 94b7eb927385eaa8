using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Grains.Storage;

/// <summary>
/// Whether a grain's state is being written. What it remembers meanwhile is in question: the write may lose to what another activation has written and
/// shown. Not thread-safe: the grain's turns guard it.
/// </summary>
internal sealed class Saving(TimeProvider clock)
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(60);

    private readonly AsyncPulse _ended = new(clock);

    public bool IsOn { get; private set; }

    public void Begin() => IsOn = true;

    public void End()
    {
        IsOn = false;
        _ended.Set();
    }

    public async Task WaitForEnd()
    {
        while (IsOn)
            await _ended.Wait(_longestWait, CancellationToken.None);
    }
}
