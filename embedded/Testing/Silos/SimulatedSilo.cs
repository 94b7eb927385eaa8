using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using OrleansCluster.Embedded;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Containers;
using OrleansCluster.Testing.Hosts;
using OrleansCluster.Testing.Kernel;
using OrleansCluster.Testing.Storage;

namespace OrleansCluster.Testing.Silos;

/// <summary>One run of a host's silo: the real grains and the real agent, in a process that may die at any moment.</summary>
internal sealed class SimulatedSilo : ISiloPeers
{
    private static readonly TimeSpan _recoveryPeriod = TimeSpan.FromSeconds(10);
    private readonly SimulatedCluster _cluster;
    private readonly ServiceProvider _services;
    private readonly List<Action> _open = [];

    public SimulatedSilo(SimulatedCluster cluster, SimulatedHost host, int run)
    {
        _cluster = cluster;
        Host = host;
        Id = $"{host.Name}#{run}";
        Process = new SimulatedProcess(Id, cluster.World.Scheduler);
        Clock = new ProcessClock(cluster.World.Time, Process, host.ClockRate, host.ClockAhead);
        _services = Compose(cluster);
        Engine = _services.GetRequiredService<EmbeddedEngine>();
    }

    public string Id { get; }

    public SimulatedHost Host { get; }

    public SimulatedProcess Process { get; }

    public ProcessClock Clock { get; }

    public EmbeddedEngine Engine { get; }

    public IClusterQueries Queries => _services.GetRequiredService<IClusterQueries>();

    /// <summary>Runs loops that are its own.</summary>
    public LoopRunner Loops => _services.GetRequiredService<LoopRunner>();

    /// <summary>Other silos take messages from it, and it from them.</summary>
    public bool Answers => !Process.IsDead && Host.ReachesOthers;

    string ISiloPeers.Self => Id;

    bool ISiloPeers.IsOnly => false;

    /// <summary>As it has read last; it may be old.</summary>
    public ImmutableArray<string> Others { get; set; } = [];

    public void Start()
    {
        _cluster.Membership.Join(this);
        Others = _cluster.Membership.Alive.Remove(Id);
        Process.Run(() => Engine.GetGrain<ISiloGrain>(GrainKeys.Silo(Id)).Ensure());
        var loops = _services.GetRequiredService<LoopRunner>();
        Process.Run(() => loops.Run("recovery", _cluster.Options.Cluster, EnsureRecovery, CancellationToken.None));
        foreach (var node in Host.Nodes)
            Process.Run(() => AgentOf(node, loops).Run(CancellationToken.None));
    }

    /// <summary>Whether an activation of that grain is here.</summary>
    public bool Holds<TGrain>(string key)
        where TGrain : IGrainWithStringKey => Engine.Holds(Engine.GetGrain<TGrain>(key).GetGrainId());

    /// <summary>A request from outside, as to the HTTP API: it fails when the silo is gone or goes, and may have been carried out all the same.</summary>
    public Task<T> Request<T>(Func<SimulatedSilo, Task<T>> serve)
    {
        var answer = new TaskCompletionSource<T>();
        void Break() => answer.TrySetException(new IOException($"The connection to {Id} broke."));
        _open.Add(Break);
        _cluster.World.After(Delay(), () =>
        {
            if (!Process.IsDead)
                Process.Run(() => Serve(serve, answer, Break));
        });
        if (Process.IsDead)
            Break();
        return answer.Task;
    }

    private async Task Serve<T>(Func<SimulatedSilo, Task<T>> serve, TaskCompletionSource<T> answer, Action broken)
    {
        var outcome = serve(this);
        await ((Task)outcome).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _cluster.World.After(Delay(), () =>
        {
            _open.Remove(broken);
            answer.TrySetFromTask(outcome);
        });
    }

    private TimeSpan Delay() => _cluster.World.Random.Between(TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(2));

    /// <summary>The process ends here and now.</summary>
    public void Kill()
    {
        Process.Kill();
        foreach (var call in _open.ToArray())
            call();
        _services.Dispose();
    }

    /// <summary>It ends itself; what supervises it on its host starts it again.</summary>
    public void End(string why) => Host.SiloEnded(this, why);

    public void Move(IGrainBase grain, string silo)
    {
        if (_cluster.Membership.Find(silo) is null || silo == Id)
            return;
        _cluster.Directory.Hint(grain.GrainContext.GrainId, silo);
        grain.DeactivateOnIdle();
    }

    private NodeAgent AgentOf(SimulatedNode node, LoopRunner loops) => new(
        node.Agent,
        Engine,
        this,
        new ProcessRuntime(Host.Runtime, this, _cluster.Edges, _cluster.Simulated),
        node.Guard,
        _services.GetRequiredService<ICheckpointStore>(),
        Clock,
        _services.GetRequiredService<IIdSource>(),
        _services.GetRequiredService<AgentInstruments>(),
        loops,
        NullLoggerFactory.Instance);

    private async Task EnsureRecovery(CancellationToken cancellationToken)
    {
        await Engine.GetGrain<IRecoveryGrain>(GrainKeys.Recovery(_cluster.Options.Cluster)).Ensure();
        await Task.Delay(_recoveryPeriod, Clock, cancellationToken);
    }

    private ServiceProvider Compose(SimulatedCluster cluster)
    {
        var store = new SiloStore(cluster.Database, this);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IIdSource>(new SeededIds(cluster.World.Random));
        services.AddSingleton<ITurnQueue>(Process);
        services.AddSingleton<ICallRouter>(new CallRouter(cluster, this));
        services.AddSingleton<ISiloPeers>(this);
        services.AddSingleton<ITransactionalStore>(store);
        services.AddSingleton<ICheckpointStore>(new SiloCheckpoints(cluster.Database, this));
        services.AddKeyedSingleton<IGrainStorage>(StoreGrainStorage.Name, new StoreGrainStorage(store));
        services.AddSingleton(cluster.Options.Shards);
        services.AddClusterGrains(cluster.Options.Leases);
        services.AddSingleton<AgentInstruments>();
        services.AddEmbeddedEngine(engine =>
        {
            engine.GrainAssemblies.Add(typeof(LoopRunner).Assembly);
            if (!cluster.Options.HasScheduler)
            {
                engine.GrainAssemblies.Add(typeof(IdleSchedulerGrain).Assembly);
                engine.LeftOut.Add(typeof(BatchSchedulerGrain));
            }

            engine.Observer = cluster.World.Trace.ObserverOf(Id);
        });
        return services.BuildServiceProvider();
    }
}
