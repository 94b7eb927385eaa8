namespace OrleansCluster.Grains.Services;

/// <summary>Where its tasks are reached.</summary>
internal sealed partial class ServiceGrain
{
    /// <summary>The first look at its tasks after it was woken takes as long as their states take to read.</summary>
    private static readonly TimeSpan _firstLook = TimeSpan.FromSeconds(10);

    private readonly EndpointList _endpoints = new(clock);
    private bool _hasLooked;

    public async Task<ServiceEndpoints?> Endpoints(long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        await CatchUp();
        if (_record is null)
            return null;
        var longest = wait < _longestWatch ? wait : _longestWatch;
        var endpoints = await _endpoints.WaitForOther(version, _hasLooked || longest > _firstLook ? longest : _firstLook, cancellationToken);
        if (endpoints is null && _record is not null)
            throw new TimeoutException($"Service {Name} has not seen its tasks yet; try again.");
        return endpoints;
    }

    /// <summary>The record is another one's, and its tasks have to be read first.</summary>
    private void DoubtEndpoints()
    {
        _hasLooked = false;
        _endpoints.Doubt();
    }

    /// <summary>Shown from when its tasks have been read: what is known before is not all.</summary>
    private void ShowEndpoints(bool hasLooked)
    {
        _hasLooked = (_hasLooked || hasLooked) && _record is not null;
        if (_record is null)
            _endpoints.Clear();
        else if (_hasLooked)
            _endpoints.Set(EndpointRules.Of(_record, _tasks, _views));
    }
}
