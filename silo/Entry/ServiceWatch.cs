using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Entry;

/// <summary>
/// Follows one service's endpoint list by long polls. While the cluster does not answer the last list holds: it is better than none. Safe for use by several threads.
/// </summary>
internal sealed class ServiceWatch(ServiceAddress address, IGrainFactory grains, LoopRunner loops, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _idle = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _over = new();

    // No RunContinuationsAsynchronously: it is awaited with a timeout, and whoever waited has soon something else to wait for.
    private readonly TaskCompletionSource _known = new();
    private ImmutableArray<Destination> _destinations = [];
    private long _version;
    private long _usedAt = clock.GetTimestamp();
    private long _draws;

    public ServiceAddress Address => address;

    /// <summary>There is no such service, or no longer.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Nothing more is heard of it.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    public ImmutableArray<Destination> Destinations => _destinations;

    public async Task Follow(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, _over.Token);
        await loops.Run("endpoints", address.ToString(), Poll, either.Token);
    }

    /// <summary>Returns when the list is known; throws a <see cref="TimeoutException"/> where the cluster does not say.</summary>
    public Task WaitUntilKnown(TimeSpan longest, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _usedAt, clock.GetTimestamp());
        return _known.Task.WaitAsync(longest, clock, cancellationToken);
    }

    /// <summary><see langword="null"/> where there is none that has not been tried.</summary>
    public Destination? Choose(IReadOnlyCollection<Destination> tried)
    {
        var all = _destinations;
        Span<Candidate> candidates = all.Length <= 64 ? stackalloc Candidate[all.Length] : new Candidate[all.Length];
        for (var i = 0; i < all.Length; i++)
            candidates[i] = new Candidate(tried.Contains(all[i]), all[i].IsAvoided, all[i].UnderWay);
        var chosen = DestinationChoice.Choose(candidates, DestinationChoice.Draw((ulong)Interlocked.Increment(ref _draws)));
        return chosen < 0 ? null : all[chosen];
    }

    public void Dispose() => _over.Dispose();

    private async Task Poll(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref _usedAt)) > _idle)
        {
            End();
            return;
        }

        var found = await grains.GetGrain<IServiceGrain>(address.Key).Endpoints(_version, _wait, cancellationToken).WaitAsync(_wait + _grace, clock, cancellationToken);
        if (found is null)
        {
            IsMissing = true;
            _known.TrySetResult();
            End();
            return;
        }

        if (found.Version != _version)
            Apply(found);
        _known.TrySetResult();
    }

    /// <summary>Here and now: what is done then is done on the turn of whoever polls.</summary>
    private void End() => _over.Cancel();

    /// <summary>What stays keeps what is under way.</summary>
    private void Apply(ServiceEndpoints found)
    {
        var before = _destinations.ToDictionary(destination => destination.Endpoint.TaskId);
        _destinations =
        [
            .. found.Endpoints.Select(endpoint => before.TryGetValue(endpoint.TaskId, out var known) && IsSame(known.Endpoint, endpoint) ? known : new Destination(endpoint, clock)),
        ];
        _version = found.Version;
    }

    private static bool IsSame(ServiceEndpoint one, ServiceEndpoint other) => one.Address == other.Address && one.Ports.SequenceEqual(other.Ports);
}
