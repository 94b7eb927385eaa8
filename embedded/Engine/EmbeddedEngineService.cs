using Microsoft.Extensions.Hosting;

namespace OrleansCluster.Embedded;

/// <summary>Starts the engine with the host, so that faulty options are found at once, and takes the grains down with it.</summary>
internal sealed class EmbeddedEngineService(EmbeddedEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
