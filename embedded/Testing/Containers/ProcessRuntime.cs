using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Faults;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Containers;

/// <summary>
/// What one run of an agent sees of its host's container runtime: calls take time, fail while the daemon is away, and what was asked for happens even
/// where the process that asked has died meanwhile.
/// </summary>
internal sealed class ProcessRuntime(HostRuntime host, SimulatedSilo silo, Edges edges, Func<ContainerLaunch, ContainerLaunch> simulated) : IContainerRuntime
{
    public Task<string> Describe(CancellationToken cancellationToken) => host.Call(runtime => runtime.Describe(CancellationToken.None), cancellationToken);

    public Task<string> Incarnation(CancellationToken cancellationToken) => host.Call(runtime => runtime.Incarnation(CancellationToken.None), cancellationToken);

    public Task<Resources> MeasureCapacity(CancellationToken cancellationToken) =>
        host.Call(runtime => runtime.MeasureCapacity(CancellationToken.None), cancellationToken);

    public Task EnsureImage(string image, CancellationToken cancellationToken) => Do(runtime => runtime.EnsureImage(image, CancellationToken.None), cancellationToken);

    public Task<string> Create(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        var made = simulated(launch);
        edges.Arrives(silo, HostRuntime.CreateMessage);
        return host.Call(runtime => runtime.Create(made, CancellationToken.None), cancellationToken);
    }

    public Task Start(string id, CancellationToken cancellationToken) => Do(runtime => runtime.Start(id, CancellationToken.None), cancellationToken);

    public Task Stop(string id, TimeSpan timeout, CancellationToken cancellationToken) => Do(runtime => runtime.Stop(id, timeout, CancellationToken.None), cancellationToken);

    public Task Signal(string id, string signal, CancellationToken cancellationToken) => Do(runtime => runtime.Signal(id, signal, CancellationToken.None), cancellationToken);

    public Task<Stream?> Export(string id, string path, CancellationToken cancellationToken) =>
        host.Call(runtime => runtime.Export(id, path, CancellationToken.None), cancellationToken);

    public Task Import(string id, string path, Stream tar, CancellationToken cancellationToken)
    {
        // Read now: whoever sent it may have gone when it arrives.
        var copy = new MemoryStream();
        tar.CopyTo(copy);
        copy.Position = 0;
        return Do(runtime => runtime.Import(id, path, copy, CancellationToken.None), cancellationToken);
    }

    public Task Remove(string id, CancellationToken cancellationToken) => Do(runtime => runtime.Remove(id, CancellationToken.None), cancellationToken);

    public Task<string?> Probe(string id, HealthCheckSpec check, CancellationToken cancellationToken) =>
        host.Call(runtime => runtime.Probe(id, check, CancellationToken.None), cancellationToken);

    public Task<ContainerUsage?> ReadUsage(string id, CancellationToken cancellationToken) =>
        host.Call(runtime => runtime.ReadUsage(id, CancellationToken.None), cancellationToken);

    public Task<ContainerInfo?> Inspect(string id, CancellationToken cancellationToken) =>
        host.Call(runtime => runtime.Inspect(id, CancellationToken.None), cancellationToken);

    public Task<ImmutableArray<ContainerInfo>> List(string cluster, string node, CancellationToken cancellationToken) =>
        host.Call(runtime => runtime.List(cluster, node, CancellationToken.None), cancellationToken);

    public async IAsyncEnumerable<ContainerEvent> Watch(string cluster, string node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await host.Call(runtime => runtime.Describe(CancellationToken.None), cancellationToken);
        await foreach (var change in host.Simulated.Watch(cluster, node, cancellationToken))
        {
            if (host.IsAway)
                throw new RuntimeUnavailableException($"The stream of events of {silo.Host.Name} broke.");
            yield return change;
        }
    }

    public IAsyncEnumerable<LogLine> ReadLog(string id, bool follow, CancellationToken cancellationToken) => host.Simulated.ReadLog(id, follow, cancellationToken);

    private Task<bool> Do(Func<IContainerRuntime, Task> action, CancellationToken cancellationToken) => host.Call(
        async runtime =>
        {
            await action(runtime);
            return true;
        },
        cancellationToken);
}
