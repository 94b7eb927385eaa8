using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Grains.Services;

/// <summary>A service's endpoints as they were last found, and those who wait for others. Its grain's turns guard it.</summary>
internal sealed class EndpointList(TimeProvider clock)
{
    private readonly AsyncPulse _changed = new(clock);
    private ServiceEndpoints? _current;
    private bool _isInDoubt;

    /// <summary>Not before the tasks' states have been read: an empty list would have every request refused.</summary>
    public void Set(ImmutableArray<ServiceEndpoint> endpoints)
    {
        if (_current is { } known && EndpointRules.AreAlike(known.Endpoints, endpoints))
        {
            if (_isInDoubt)
                Set(known);
            return;
        }

        Set(new ServiceEndpoints { Version = (_current?.Version ?? FirstVersion()) + 1, Endpoints = endpoints });
    }

    /// <summary>There is no service any more.</summary>
    public void Clear() => Set((ServiceEndpoints?)null);

    /// <summary>Until it is found anew nobody is told: another activation has started tasks that are not known here, and has stopped some that are.</summary>
    public void Doubt() => _isInDoubt = true;

    /// <summary>Whoever waits is told at once that it is not known: its activation ends, and they would hold that up.</summary>
    public void GiveUp()
    {
        Doubt();
        _changed.Set();
    }

    /// <summary>Returns once the list is there and of another version.</summary>
    public async Task<ServiceEndpoints?> WaitForOther(long version, TimeSpan longest, CancellationToken cancellationToken)
    {
        if ((_isInDoubt || _current is null || _current.Version == version) && longest > TimeSpan.Zero)
            await _changed.Wait(longest, cancellationToken);
        return _isInDoubt ? null : _current;
    }

    /// <summary>Another activation counted from another moment.</summary>
    private long FirstVersion() => clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private void Set(ServiceEndpoints? endpoints)
    {
        (_current, _isInDoubt) = (endpoints, false);
        _changed.Set();
    }
}
