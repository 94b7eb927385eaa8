using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Silo.Agent.Checkpoints;
using OrleansCluster.Silo.Agent.Logs;
using OrleansCluster.Silo.Agent.Supervision;
using OrleansCluster.Silo.Agent.Usage;

namespace OrleansCluster.Silo.Agent;

/// <summary>
/// Makes the containers of one node match its claims. Its loops only wake one another: each reads the truth itself (the claims from the
/// node grain, the containers from the runtime), so that a lost message costs time and nothing else.
/// </summary>
internal sealed partial class NodeAgent
{
    private const int ListingsWithStream = 2;

    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(1);

    private readonly AgentOptions _options;
    private readonly IContainerRuntime _runtime;
    private readonly TimeProvider _clock;
    private readonly LoopRunner _loops;
    private readonly ILogger _logger;
    private readonly ISiloPeers _peers;
    private readonly INodeGrain _node;
    private readonly string _process;
    private readonly AgentLease _lease;
    private readonly AgentReporter _reporter;
    private readonly ContainerLogs _logs;
    private readonly TaskSet _tasks;
    private readonly UsageReporter _usage;
    private readonly LogAnswers _answers;
    private readonly Signal _reconcile;
    private readonly Gate _removals = new(limit: 2);
    private readonly Leftovers _leftovers = new();
    private AgentSession? _watched;
    private AgentSession? _assignedIn;
    private long _version;
    private bool _hasAdopted;
    private int _reconcileSoon;

    public NodeAgent(
        AgentOptions options,
        IGrainFactory grains,
        ISiloPeers peers,
        IContainerRuntime runtime,
        IFenceGuard guard,
        ICheckpointStore checkpoints,
        TimeProvider clock,
        IIdSource ids,
        AgentInstruments instruments,
        LoopRunner loops,
        ILoggerFactory loggers)
    {
        _peers = peers;
        _options = options;
        _runtime = runtime;
        _clock = clock;
        _loops = loops;
        _logger = loggers.CreateLogger<NodeAgent>();
        _node = grains.GetGrain<INodeGrain>(GrainKeys.Node(options.Cluster, options.Node));
        _process = ids.NewId(16);
        _lease = new AgentLease(_node, Registration, () => ids.NewId(16), instruments, guard, clock, loggers.CreateLogger<AgentLease>());
        _reporter = new AgentReporter(_node, _lease, options.ReportBatch, clock);
        _logs = new ContainerLogs(options, runtime, loops, clock, loggers.CreateLogger<ContainerLogs>());
        _tasks = new TaskSet(new AgentContext
        {
            Options = options,
            Runtime = runtime,
            Guard = guard,
            Clock = clock,
            Instruments = instruments,
            Loops = loops,
            Loggers = loggers,
            Lease = _lease,
            Reporter = _reporter,
            Definitions = new DefinitionCache(grains),
            Logs = _logs,
            Checkpoints = new AgentCheckpoints(
                options, new CheckpointArchiver(runtime, SpoolOf(options)), checkpoints, grains, ids, clock, instruments, loggers.CreateLogger<AgentCheckpoints>()),
            Launches = new Gate(options.LaunchesAtOnce),
            Cleanups = _removals,
            Leftovers = _leftovers,
            Probes = new Gate(options.ProbesAtOnce),
        });
        _usage = new UsageReporter(options, _tasks, runtime, grains, clock);
        _answers = new LogAnswers(_node, _logs, _tasks, loggers.CreateLogger<LogAnswers>());
        _reconcile = new Signal(clock);
        _lease.Lapsed += _tasks.Fence;
        _lease.Began += _tasks.ReportAgain;
        _leftovers.Gone += _tasks.Wake;
    }

    /// <summary>Returns when cancelled. The containers run on: the next agent of this node finds them by their labels.</summary>
    public async Task Run(CancellationToken stopping)
    {
        _logs.Begin(stopping);
        await Task.WhenAll(
            Loop("lease", _lease.Keep, stopping),
            Loop("fence", _lease.Fence, stopping),
            Loop("report", _reporter.Send, stopping),
            Loop("watch", Watch, stopping),
            Loop("events", ReadEvents, stopping),
            Loop("usage", _usage.Step, stopping),
            Loop("reconcile", Reconcile, stopping));
        await _tasks.Drain();
        await _answers.Drain();
        await _logs.Drain();
        LogStopped(_logger, _options.Node);
    }

    /// <summary>Archives on their way; what a silo that was killed has left there is of no use.</summary>
    private static string? SpoolOf(AgentOptions options)
    {
        if (options.DataDirectory is null)
            return null;
        var folder = Path.Combine(options.DataDirectory, "checkpoints");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return folder;
    }

    private Task Loop(string name, Func<CancellationToken, Task> body, CancellationToken stopping) =>
        _loops.Run(name, _options.Node, body, stopping);

    private async Task<NodeRegistration> Registration(string session, CancellationToken cancellationToken)
    {
        var capacity = _options.Capacity ?? await _runtime.MeasureCapacity(cancellationToken) - new Resources(_options.ReserveCpu, _options.ReserveMemory, 0);
        if (capacity is not { Cpu: > 0, Memory: > 0 })
            throw new InvalidOperationException($"Nothing is left for tasks: {capacity} after the reserve. Lower reserveCpu or reserveMemory.");
        return new NodeRegistration
        {
            Node = _options.Node,
            Capacity = capacity,
            Attributes = _options.Attributes,
            Gpus = _options.Gpus,
            Amounts = _options.Amounts,
            Address = _options.Address,
            Session = session,
            Runtime = await _runtime.Describe(cancellationToken),
            Silo = _peers.Self,
            Incarnation = await _runtime.Incarnation(cancellationToken),
            Process = _process,
            AgentVersion = typeof(NodeAgent).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "",
        };
    }

    /// <summary>One long poll for what is to run here.</summary>
    private async Task Watch(CancellationToken cancellationToken)
    {
        var session = await _lease.Session(cancellationToken);
        if (!ReferenceEquals(session, _watched))
        {
            _watched = session;
            _version = 0;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Ended);
        try
        {
            var wait = _options.WatchWait;
            var assignment = await _node.Watch(session.Id, _version, wait, either.Token).WaitAsync(wait + _grace, _clock, either.Token);
            if (!assignment.IsHeld)
            {
                _lease.Drop(session);
                return;
            }

            var found = _hasAdopted ? [] : await _runtime.List(_options.Cluster, _options.Node, either.Token);
            Apply(session, assignment, found, cancellationToken);
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The next step waits for the next session.
        }
    }

    private void Apply(AgentSession session, NodeAssignment assignment, ImmutableArray<ContainerInfo> found, CancellationToken stopping)
    {
        _tasks.Apply(assignment, found, stopping);
        _answers.Accept(assignment.LogRequests, stopping);
        _version = assignment.Version;
        _hasAdopted = true;
        if (ReferenceEquals(Interlocked.Exchange(ref _assignedIn, session), session))
            return;

        // The first assignment of a session: what no claim covers is not to be left until the next period.
        _reconcile.Set();
    }

    private async Task ReadEvents(CancellationToken cancellationToken)
    {
        // What happened before the stream was there is found by listings: one at once, more when it is surely there.
        Interlocked.Exchange(ref _reconcileSoon, ListingsWithStream);
        _reconcile.Set();
        await foreach (var change in _runtime.Watch(_options.Cluster, _options.Node, cancellationToken))
            _tasks.Find(change.Labels)?.Changed(change.Labels.Container);
        throw new RuntimeUnavailableException("The container runtime's event stream ended.");
    }

    /// <summary>One comparison of everything, and the pause before it.</summary>
    private async Task Reconcile(CancellationToken cancellationToken)
    {
        var rest = Volatile.Read(ref _reconcileSoon);
        await _reconcile.Wait(rest > 0 ? _soon : _options.ReconcilePeriod, cancellationToken);
        if (_assignedIn is not { } session || !_lease.IsGood(session))
            return;
        var listed = await _runtime.List(_options.Cluster, _options.Node, cancellationToken);
        _leftovers.Limit(listed.Where(info => info.Status == ContainerStatus.Running && _tasks.Find(info.Labels) is not { IsAbandoned: false }).Select(info => info.Id));
        _tasks.Seen(listed);
        await Task.WhenAll(listed.Where(info => _tasks.Find(info.Labels) is null).Select(info => RemoveOrphan(info, session, cancellationToken)));
        _tasks.ReportAgain();
        _logs.Prune(_tasks.Holds);
        Interlocked.CompareExchange(ref _reconcileSoon, Math.Max(rest - 1, 0), rest);
    }

    private async Task RemoveOrphan(ContainerInfo info, AgentSession session, CancellationToken cancellationToken)
    {
        using (await _removals.Enter(cancellationToken))
        {
            // Its claim may have come while it waited; the supervisor has adopted it then.
            if (!_lease.IsGood(session) || _tasks.Find(info.Labels) is not null)
                return;
            LogOrphan(_logger, info.Id, info.Labels.TaskId, info.Labels.Attempt, info.Labels.Container);
            await _runtime.Stop(info.Id, _options.FenceTimeout, cancellationToken);
            var key = new LogKey(info.Labels.TaskId, info.Labels.Attempt, info.Labels.Container);
            if (key.IsValid)
                await _logs.Save(key, info.Id, cancellationToken);
            await _runtime.Remove(info.Id, cancellationToken);
            _leftovers.Remove([info.Id]);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Container {Id} (task {Task}, attempt {Attempt}, {Container}) has no claim: removing it")]
    private static partial void LogOrphan(ILogger logger, string id, string task, int attempt, string container);

    [LoggerMessage(Level = LogLevel.Information, Message = "The agent of node {Node} has stopped; its containers run on")]
    private static partial void LogStopped(ILogger logger, string node);
}
