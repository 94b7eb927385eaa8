namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Waits for a job to change, in steps that stay below the engines' limit of a grain call, 30 s by default.</summary>
internal sealed class JobWatch(IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan _longestStep = TimeSpan.FromSeconds(15);

    public async Task<JobView?> Get(string key, long? version, TimeSpan wait, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IJobGrain>(key);
        var job = await grain.Get();
        if (version is not { } known || job is null)
            return job;

        // A long poll must not hold up the silo's stop: it answers with what there is.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var start = clock.GetTimestamp();
        for (var left = wait; left > TimeSpan.Zero && job?.Version == known; left = wait - clock.GetElapsedTime(start))
        {
            try
            {
                job = await grain.Watch(known, left < _longestStep ? left : _longestStep, ending.Token);
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                break;
            }
        }

        return job;
    }
}
