using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>Asks only while somebody waits or what it has is old, so that a silo without readers costs the committer nothing.</summary>
[StatelessWorker(1)]
internal sealed partial class ClusterViewGrain(TimeProvider clock, IGrainFactory grains, ILogger<ClusterViewGrain> logger) : Grain, IClusterViewGrain
{
    private static readonly TimeSpan _oldAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(60);

    /// <summary>Short, because an engine that stops waits for what runs.</summary>
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(2);

    private readonly ClusterView _view = new();
    private readonly AsyncPulse _changed = new(clock);
    private long? _askedAt;
    private bool _isFollowing;

    private IClusterStateGrain State => grains.GetGrain<IClusterStateGrain>(this.GetPrimaryKeyString());

    public async Task<ClusterDelta> Read(ClusterVersion since, bool isFresh, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (isFresh || _askedAt is not { } asked || clock.GetElapsedTime(asked) > _oldAfter)
            await Ask(TimeSpan.Zero, cancellationToken);
        if (since == _view.Version && wait > TimeSpan.Zero)
        {
            Follow();
            await _changed.Wait(wait < _longestWait ? wait : _longestWait, cancellationToken);
        }

        return _view.ReadSince(since);
    }

    /// <summary>One long poll after the other while somebody waits; one for all who do.</summary>
    private async void Follow()
    {
        if (_isFollowing)
            return;
        _isFollowing = true;
        try
        {
            do
                await Ask(_poll, CancellationToken.None);
            while (_changed.HasWaiters);
        }
        catch (Exception exception)
        {
            // Those who wait have a time limit of their own, and ask again.
            LogNotFollowed(logger, exception, this.GetPrimaryKeyString());
        }
        finally
        {
            _isFollowing = false;
        }
    }

    private async Task Ask(TimeSpan wait, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetTimestamp();
        var delta = await State.Read(_view.Version, wait, cancellationToken);
        _askedAt = askedAt;
        if (_view.Apply(delta))
            _changed.Set();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The view of {Cluster} cannot follow the cluster state")]
    private static partial void LogNotFollowed(ILogger logger, Exception exception, string cluster);
}
