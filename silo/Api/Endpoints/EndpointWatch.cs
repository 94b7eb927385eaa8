namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Waits for a service's endpoints to change, in steps that stay below the engines' limit of a grain call, 30 s by default.</summary>
internal sealed class EndpointWatch(IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan _longestStep = TimeSpan.FromSeconds(15);

    /// <param name="version"><see langword="null"/> for the list as it is.</param>
    public async Task<OrleansCluster.ServiceEndpoints?> Get(string key, long? version, TimeSpan wait, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IServiceGrain>(key);
        var endpoints = await grain.Endpoints(version ?? 0, TimeSpan.Zero, cancellationToken);
        if (version is not { } known)
            return endpoints;

        // A long poll must not hold up the silo's stop: it answers with what there is.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var start = clock.GetTimestamp();
        for (var left = wait; left > TimeSpan.Zero && endpoints?.Version == known; left = wait - clock.GetElapsedTime(start))
        {
            try
            {
                endpoints = await grain.Endpoints(known, left < _longestStep ? left : _longestStep, ending.Token);
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                break;
            }
        }

        return endpoints;
    }
}
