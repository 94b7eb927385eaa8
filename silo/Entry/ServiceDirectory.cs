using System.Collections.Concurrent;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Entry;

/// <summary>The services that somebody on this host asks for, one watch each, dropped when nobody has asked for a while.</summary>
internal sealed class ServiceDirectory(IGrainFactory grains, LoopRunner loops, TimeProvider clock) : IHostedService
{
    /// <summary>More services than this are not followed at a time: what asks for names at random must not fill the memory.</summary>
    private const int Most = 1000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ServiceAddress, ServiceWatch> _watches = [];
    private readonly ConcurrentDictionary<ServiceWatch, Task> _loops = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary><see langword="null"/> where there is no such service.</summary>
    /// <exception cref="TimeoutException">The cluster does not say.</exception>
    public async ValueTask<ServiceWatch?> Find(ServiceAddress address, CancellationToken cancellationToken)
    {
        if (!_watches.TryGetValue(address, out var watch) || watch.IsOver)
            watch = Begin(address) ?? throw new TimeoutException($"This host follows {Most} services already; try again later.");
        await watch.WaitUntilKnown(_patience, cancellationToken);
        return watch.IsMissing ? null : watch;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops.Values);
        _stopping.Dispose();
    }

    private ServiceWatch? Begin(ServiceAddress address)
    {
        if (_watches.Count >= Most)
            return null;
        var mine = new ServiceWatch(address, grains, loops, clock);
        var watch = _watches.AddOrUpdate(address, mine, (_, known) => known.IsOver ? mine : known);
        if (!ReferenceEquals(watch, mine))
            mine.Dispose();
        else if ((_loops[mine] = Follow(mine)).IsCompleted)
            _loops.TryRemove(mine, out _);
        return watch;
    }

    private async Task Follow(ServiceWatch watch)
    {
        // Whoever asks is not to wait for the first poll's beginning.
        await Task.Yield();
        await watch.Follow(_stopping.Token);
        _watches.TryRemove(KeyValuePair.Create(watch.Address, watch));
        _loops.TryRemove(watch, out _);
        watch.Dispose();
    }
}
