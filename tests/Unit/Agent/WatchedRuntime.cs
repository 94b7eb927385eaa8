using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>The simulated runtime with a record of what was done, and with failures and pauses on demand.</summary>
internal sealed class WatchedRuntime(SimulatedRuntime inner) : IContainerRuntime
{
    private int _launching;

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Called before a call is passed on, with its name and the container's; may throw.</summary>
    public Func<string, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public ConcurrentDictionary<string, ContainerLaunch> Launches { get; } = new();
    public bool EventsAreLost { get; set; }
    public int MostLaunchesAtOnce { get; private set; }

    public int Count(string call) => Calls.Count(made => made == call || made.StartsWith(call + " ", StringComparison.Ordinal));

    public Task<string> Incarnation(CancellationToken cancellationToken) => inner.Incarnation(cancellationToken);

    public Task<ContainerUsage?> ReadUsage(string id, CancellationToken cancellationToken) => inner.ReadUsage(id, cancellationToken);

    public Task<string> Describe(CancellationToken cancellationToken) => inner.Describe(cancellationToken);

    public Task<Resources> MeasureCapacity(CancellationToken cancellationToken) => inner.MeasureCapacity(cancellationToken);

    public async Task EnsureImage(string image, CancellationToken cancellationToken)
    {
        await Note("ensure", image, cancellationToken);
        await inner.EnsureImage(image, cancellationToken);
    }

    public async Task<string> Create(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        MostLaunchesAtOnce = Math.Max(MostLaunchesAtOnce, Interlocked.Increment(ref _launching));
        try
        {
            await Note("create", launch.Labels.Container, cancellationToken);
            var id = await inner.Create(launch, cancellationToken);
            Launches[id] = launch;
            return id;
        }
        finally
        {
            Interlocked.Decrement(ref _launching);
        }
    }

    public async Task Start(string id, CancellationToken cancellationToken)
    {
        await Note("start", NameOf(id), cancellationToken);
        await inner.Start(id, cancellationToken);
    }

    public async Task Signal(string id, string signal, CancellationToken cancellationToken)
    {
        await Note($"signal-{signal}", NameOf(id), cancellationToken);
        await inner.Signal(id, signal, cancellationToken);
    }

    public async Task<Stream?> Export(string id, string path, CancellationToken cancellationToken)
    {
        await Note("export", NameOf(id), cancellationToken);
        return await inner.Export(id, path, cancellationToken);
    }

    public async Task Import(string id, string path, Stream tar, CancellationToken cancellationToken)
    {
        await Note("import", NameOf(id), cancellationToken);
        await inner.Import(id, path, tar, cancellationToken);
    }

    public async Task Stop(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await Note("stop", $"{NameOf(id)} {timeout.TotalSeconds}", cancellationToken);
        await inner.Stop(id, timeout, cancellationToken);
    }

    public async Task Remove(string id, CancellationToken cancellationToken)
    {
        await Note("remove", NameOf(id), cancellationToken);
        await inner.Remove(id, cancellationToken);
    }

    public async Task<string?> Probe(string id, HealthCheckSpec check, CancellationToken cancellationToken)
    {
        await Note("probe", NameOf(id), cancellationToken);
        return await inner.Probe(id, check, cancellationToken);
    }

    public async Task<ContainerInfo?> Inspect(string id, CancellationToken cancellationToken)
    {
        await Note("inspect", NameOf(id), cancellationToken);
        return await inner.Inspect(id, cancellationToken);
    }

    public async Task<ImmutableArray<ContainerInfo>> List(string cluster, string node, CancellationToken cancellationToken)
    {
        await Note("list", node, cancellationToken);
        return await inner.List(cluster, node, cancellationToken);
    }

    public async IAsyncEnumerable<ContainerEvent> Watch(string cluster, string node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Note("watch", node, cancellationToken);
        await foreach (var change in inner.Watch(cluster, node, cancellationToken))
        {
            if (!EventsAreLost)
                yield return change;
        }
    }

    public IAsyncEnumerable<LogLine> ReadLog(string id, bool follow, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"log {NameOf(id)}");
        return inner.ReadLog(id, follow, cancellationToken);
    }

    private string NameOf(string id) => Launches.TryGetValue(id, out var launch) ? launch.Labels.Container : id;

    private async Task Note(string call, string name, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{call} {name}");
        await Before(call, name).WaitAsync(cancellationToken);
    }
}
