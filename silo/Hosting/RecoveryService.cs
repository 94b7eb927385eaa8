using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Hosting;

/// <summary>Keeps the cluster's recovery grain awake, and with it everything that has work left after a restart.</summary>
internal sealed class RecoveryService(SiloOptions options, IGrainFactory grains, LoopRunner loops, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.Run("recovery", options.Cluster, Ensure, stoppingToken);

    private async Task Ensure(CancellationToken cancellationToken)
    {
        await grains.GetGrain<IRecoveryGrain>(GrainKeys.Recovery(options.Cluster)).Ensure();
        await Task.Delay(_period, clock, cancellationToken);
    }
}
