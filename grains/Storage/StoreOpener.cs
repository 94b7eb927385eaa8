using Microsoft.Extensions.Hosting;

namespace OrleansCluster.Grains.Storage;

/// <summary>Asks for the store, and so has it opened, when the host starts; the container closes it after everything else has stopped.</summary>
internal sealed class StoreOpener(ITransactionalStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive(store);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
