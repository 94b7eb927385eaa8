using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>
/// A host's containers in memory and on the given clock: for tests, for trying things out without Docker, and for clusters of many nodes
/// on one machine. Images called <c>missing/…</c> cannot be pulled.
/// </summary>
public sealed partial class SimulatedRuntime : IContainerRuntime
{
    private const string MissingImages = "missing/";

    /// <summary>Events kept for a watcher that does not read; the oldest go first, since a listing makes up for them.</summary>
    private const int EventsAtMost = 10_000;

    private readonly Resources _capacity;
    private readonly TimeProvider _clock;
    private readonly Action<ContainerInfo, SimulatedFiles>? _changed;
    private readonly string _incarnation;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SimulatedContainer> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idsByName = [];
    private readonly List<Channel<ContainerEvent>> _watchers = [];
    private readonly SimulatedPorts _ports = new();
    private long _created;

    /// <param name="incarnation">Containers end with the process, so each process has another.</param>
    public SimulatedRuntime(Resources capacity, TimeProvider clock, string incarnation)
        : this(capacity, clock, incarnation, null)
    {
    }

    /// <param name="changed">Told of every change of a container as it happens, and of its files then, under the runtime's lock.</param>
    internal SimulatedRuntime(Resources capacity, TimeProvider clock, string incarnation, Action<ContainerInfo, SimulatedFiles>? changed)
    {
        _incarnation = incarnation;
        _capacity = capacity;
        _clock = clock;
        _changed = changed;
    }

    public Task<string> Describe(CancellationToken cancellationToken) => Task.FromResult("simulated");

    public Task<string> Incarnation(CancellationToken cancellationToken) => Task.FromResult(_incarnation);

    public Task<Resources> MeasureCapacity(CancellationToken cancellationToken) => Task.FromResult(_capacity);

    public async Task EnsureImage(string image, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        CheckImage(image);
    }

    public async Task<string> Create(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        CheckImage(launch.Spec.Image);
        lock (_lock)
        {
            if (_idsByName.TryGetValue(launch.Name, out var known))
                return known;
            var id = "sim" + (++_created).ToString("D9", CultureInfo.InvariantCulture);
            _containers.Add(id, new SimulatedContainer(id, launch, _clock));
            _idsByName.Add(launch.Name, id);
            return id;
        }
    }

    public async Task Start(string id, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        ImmutableArray<TaskCompletionSource> done = [];
        lock (_lock)
        {
            if (!_containers.TryGetValue(id, out var container))
                throw new ContainerException(ContainerFailure.Start, $"No such container: {id}");
            if (container.Info.Status != ContainerStatus.Created)
                return;
            container.Start(_ports, () => CheckHealth(container));
            Publish(container);
            done = Continue(container);
        }

        Complete(done);
    }

    public async Task Stop(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        SimulatedContainer? container;
        lock (_lock)
            container = _containers.GetValueOrDefault(id);
        if (container is not { Info.Status: ContainerStatus.Running })
            return;
        if (container.IgnoresStop && timeout > TimeSpan.Zero)
            await Task.Delay(timeout, _clock, cancellationToken);
        End(container, container.IgnoresStop ? container.Kill : container.Terminate);
    }

    /// <summary>kill -9, from outside.</summary>
    internal void Kill(string id)
    {
        SimulatedContainer? container;
        lock (_lock)
            container = _containers.GetValueOrDefault(id);
        if (container is not null)
            End(container, container.Kill);
    }

    internal ImmutableArray<ContainerInfo> All()
    {
        lock (_lock)
            return [.. _containers.Values.Select(container => container.Info)];
    }

    /// <summary>The host loses its power: nothing is left, and nobody hears of it.</summary>
    internal void PowerOff()
    {
        SimulatedContainer[] all;
        lock (_lock)
        {
            _watchers.Clear();
            all = [.. _containers.Values];
        }

        foreach (var container in all)
            End(container, container.Kill);
        lock (_lock)
            _containers.Clear();
    }

    public async Task Remove(string id, CancellationToken cancellationToken)
    {
        await Stop(id, TimeSpan.Zero, cancellationToken);
        lock (_lock)
        {
            if (!_containers.Remove(id, out var container))
                return;
            _idsByName.Remove(container.Launch.Name);
            Publish(container);
        }
    }

    public Task<ContainerInfo?> Inspect(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_containers.GetValueOrDefault(id)?.Info);
    }

    public Task<ImmutableArray<ContainerInfo>> List(string cluster, string node, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_containers.Values.Select(container => container.Info).Where(info => IsOf(info.Labels, cluster, node)).ToImmutableArray());
    }

    public async IAsyncEnumerable<ContainerEvent> Watch(string cluster, string node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ContainerEvent>(new BoundedChannelOptions(EventsAtMost) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
            _watchers.Add(channel);
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                while (channel.Reader.TryRead(out var change))
                {
                    if (IsOf(change.Labels, cluster, node))
                        yield return change;
                }
            }
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    public async IAsyncEnumerable<LogLine> ReadLog(string id, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var index = 0; ;)
        {
            ImmutableArray<LogLine> lines;
            TaskCompletionSource? grown;
            lock (_lock)
            {
                if (!_containers.TryGetValue(id, out var container))
                    yield break;
                lines = [.. container.Lines.Skip(index)];
                grown = container.Info.Status == ContainerStatus.Running ? container.Grown : null;
            }

            foreach (var line in lines)
                yield return line;
            index += lines.Length;
            if (!follow || grown is null)
                yield break;
            await grown.Task.WaitAsync(cancellationToken);
        }
    }

    private static void CheckImage(string image)
    {
        if (image.StartsWith(MissingImages, StringComparison.Ordinal))
            throw new ContainerException(ContainerFailure.Image, $"No such image: {image}");
    }

    private static bool IsOf(ContainerLabels labels, string cluster, string node) => labels.Cluster == cluster && labels.Node == node;

    private static void Complete(ImmutableArray<TaskCompletionSource> done)
    {
        foreach (var source in done)
            source.TrySetResult();
    }

    /// <summary>Under the lock: runs the container on, and tells when that was its end.</summary>
    private ImmutableArray<TaskCompletionSource> Continue(SimulatedContainer container)
    {
        var done = container.Run(() => Wake(container));
        if (container.Info.Status == ContainerStatus.Stopped)
            Publish(container);
        return done;
    }

    private void Wake(SimulatedContainer container)
    {
        ImmutableArray<TaskCompletionSource> done;
        lock (_lock)
            done = Continue(container);
        Complete(done);
    }

    private void End(SimulatedContainer container, Func<ImmutableArray<TaskCompletionSource>> end)
    {
        ImmutableArray<TaskCompletionSource> done = [];
        lock (_lock)
        {
            if (container.Info.Status == ContainerStatus.Running)
            {
                done = end();
                Publish(container);
            }
        }

        Complete(done);
    }

    private void Publish(SimulatedContainer container)
    {
        _changed?.Invoke(container.Info, container.Files);
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(new ContainerEvent(container.Id, container.Info.Labels));
    }
}
