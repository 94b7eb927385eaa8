using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>Its tasks: stored first, claimed then, so that whoever finds a claim finds its task.</summary>
internal sealed partial class FrameworkGrain
{
    private const int AtOnce = 256;

    /// <summary>Tasks that it has asked for and has not been told of; beyond that it reads first.</summary>
    private const int MostAsked = 100_000;

    /// <summary>Definitions that are remembered; a framework that has more of them looks them up again.</summary>
    private const int MostResolved = 1_000;

    /// <summary>A task that is stored and for which no claim was committed: what was on the way is over by then.</summary>
    private static readonly TimeSpan _longestUnclaimed = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, ResolvedTask> _resolved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<Answer<FrameworkLaunched>>> _underWay = new(StringComparer.Ordinal);
    private readonly HashSet<string> _launching = new(StringComparer.Ordinal);

    public async Task<Answer<FrameworkLaunched>> Launch(FrameworkLaunch launch)
    {
        await CatchUp();
        if (Admit() is { } refusal)
            return refusal;

        // Asked again while it is under way, as where its caller has lost patience or its connection.
        if (_underWay.TryGetValue(launch.TransactionId ?? "", out var same))
            return await same;
        var answer = _underWay[launch.TransactionId ?? ""] = LaunchAnew(launch);
        try
        {
            return await answer;
        }
        finally
        {
            _underWay.Remove(launch.TransactionId ?? "");
        }
    }

    private async Task<Answer<FrameworkLaunched>> LaunchAnew(FrameworkLaunch launch)
    {
        var spec = _record!.Spec;
        var tasks = new LaunchedTasks(launch, spec);
        if (FrameworkValidator.Validate(launch, tasks) is { IsEmpty: false } faults)
            return Refusal.Faulty("The launch", faults);
        if (launch.Tasks.Select((task, i) => OnOtherNode(launch, task, i)).OfType<Fault>().ToImmutableArray() is { IsEmpty: false } elsewhere)
            return Refusal.Faulty("The launch", elsewhere);
        if (launch.Tasks.FirstOrDefault(task => _launching.Contains(task.Name)) is { } twice)
            return Refusal.Conflict($"Task {twice.Name} is being launched at this moment.");
        if (_tasks.Count + launch.Tasks.Length > spec.MaximumTasks)
            return Refusal.Conflict($"Framework {Name} has {_tasks.Count} tasks, and may have {spec.MaximumTasks}, those counted the end of which it has not acknowledged.");
        _launching.UnionWith(launch.Tasks.Select(task => task.Name));
        try
        {
            var (resolved, unresolved) = await Resolve(tasks);
            if (!unresolved.IsEmpty)
                return Refusal.Faulty("The launch", [.. unresolved.Select(tasks.ToLaunch)]);
            return await Launch(launch, spec, tasks.ToLaunch(resolved));
        }
        finally
        {
            _launching.ExceptWith(launch.Tasks.Select(task => task.Name));
        }
    }

    public Task<Refusal?> Acknowledge(string task, TaskState state) => AcknowledgeAll([new FrameworkAcknowledgement(task, state)]);

    public async Task<Refusal?> AcknowledgeAll(ImmutableArray<FrameworkAcknowledgement> updates)
    {
        await CatchUp();
        if (Admit() is { } refusal)
            return refusal;
        if (updates.Length > FrameworkValidator.TasksPerLaunch)
            return Refusal.Invalid("The request has a fault.", [new Fault("/updates", $"{updates.Length} are too many: expected at most {FrameworkValidator.TasksPerLaunch}")]);
        foreach (var some in updates.Chunk(AtOnce))
            await Task.WhenAll(some.Select(AcknowledgeOne));
        Tell(withTold: false);
        return null;
    }

    private async Task AcknowledgeOne(FrameworkAcknowledgement update)
    {
        if (!_tasks.TryFind(update.Task, out var known))
            return;
        await TaskOf(known.Id).Acknowledge(update.State);
        _tasks.Acknowledged(update.Task, update.State);
    }

    public async Task<Refusal?> Kill(string task)
    {
        await CatchUp();
        if (Admit() is { } refusal)
            return refusal;
        if (FrameworkValidator.NameFault(task) is { } fault)
            return Refusal.Invalid("The request has a fault.", [new Fault("/task", fault)]);
        var answer = await TaskOf(TaskId.OfFramework(Name, task)).Stop(StopCode.UserInitiated, $"Framework {Name} has killed it.");
        if (answer.Value is { OfFramework: not null } stopped)
            _tasks.Take(stopped);
        if (!_tasks.TryFind(task, out _))
            Tell(_tasks.Reconcile(task, clock.GetUtcNow()));
        Tell(withTold: false);
        return null;
    }

    public async Task<Refusal?> Reconcile(ImmutableArray<string> tasks)
    {
        await CatchUp();
        if (Admit() is { } refusal)
            return refusal;
        if (_asked.Count > MostAsked)
            return new Refusal { Kind = RefusalKind.Throttled, Title = $"Framework {Name} has not read {_asked.Count} answers to what it has asked before." };
        await ReadTasks(CancellationToken.None);
        if (_stream is not { IsOpen: true })
            return null;
        var names = tasks.IsDefaultOrEmpty ? _tasks.All.Where(task => task.State != TaskState.Stopped).Select(task => task.OfFramework!).Order(StringComparer.Ordinal) : (IEnumerable<string>)tasks;
        foreach (var name in names.ToList())
            _asked.Enqueue(name);
        Tell(withTold: false);
        return null;
    }

    public Task<Refusal?> Reject(ImmutableArray<FrameworkRejection> rejections)
    {
        if (Admit() is { } refusal)
            return Task.FromResult<Refusal?>(refusal);
        foreach (var rejection in rejections.IsDefault ? [] : rejections)
            Tell(new FrameworkUpdate { Task = rejection.Task, State = TaskState.Stopped, WantsAcknowledgement = false, At = clock.GetUtcNow(), Rejected = rejection });
        return Task.FromResult<Refusal?>(null);
    }

    private async Task<Answer<FrameworkLaunched>> Launch(FrameworkLaunch launch, FrameworkSpec spec, ImmutableArray<ResolvedTask> resolved)
    {
        ImmutableArray<TaskStart> starts = [.. launch.Tasks.Zip(resolved).Select(x => StartOf(spec, x.First, x.Second))];
        var started = ImmutableArray.CreateBuilder<TaskView>(starts.Length);
        foreach (var some in starts.Chunk(AtOnce))
            started.AddRange(await starter.Start(Cluster, [.. some], check: null) ?? []);
        if (_record is not { IsRemoved: false })
            return Missing();
        foreach (var task in started)
            _tasks.Take(task);
        if (FaultsOf(launch, starts, started) is { IsEmpty: false } used)
            return Refusal.Conflict("Names of the launch are those of other tasks.", used);

        // What rests on offers is settled by them: all are used up, whether or not the tasks are claimed.
        var offers = Take(launch.Offers);
        var outcomes = await Commit(launch, spec, started.DrainToImmutable());
        await Settle(launch, offers, outcomes);
        return new FrameworkLaunched(outcomes);
    }

    private async Task<ImmutableArray<FrameworkOutcome>> Commit(FrameworkLaunch launch, FrameworkSpec spec, ImmutableArray<TaskView> tasks)
    {
        var transaction = new ClaimTransaction
        {
            Scheduler = Name,
            TransactionId = launch.TransactionId,
            DecidedOn = launch.DecidedOn,
            Detection = launch.Detection,
            Mode = launch.Mode,
            Replaces = [.. launch.Offers.Select(offer => new ClaimRelease(offer, 1))],
            Claims = [.. launch.Tasks.Zip(tasks).Where(x => x.Second.State != TaskState.Stopped)
                .Select(x => ClaimRequest.Of(PlacementRequest.Of(x.Second), x.First.Node, x.First.NodeETag) with { Priority = spec.Priority })],
        };
        var outcomes = new Queue<ClaimOutcome>(transaction is { Claims.IsEmpty: true, Replaces.IsEmpty: true } ? [] : await grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster)).Commit(transaction));
        return [.. tasks.Select(task => task.State == TaskState.Stopped ? Ended(task) : OutcomeOf(task, outcomes.Dequeue()))];
    }

    private static FrameworkOutcome OutcomeOf(TaskView task, ClaimOutcome claim) => new(task.OfFramework!, task.Id, claim.Node, claim.Rejection);

    /// <summary>Of a launch that is asked for again, what has ended meanwhile: it was claimed where it has a node.</summary>
    private static FrameworkOutcome Ended(TaskView task) =>
        new(task.OfFramework!, task.Id, task.Node, task.Node is null ? new ClaimRejection { Reason = ClaimRejectionReason.TaskEnded } : null);

    /// <summary>
    /// What was not claimed: a framework of offers hears of it as of any task's end; one that decides over the shared state has it in its answer, and claims it anew or kills it.
    /// </summary>
    private async Task Settle(FrameworkLaunch launch, ImmutableArray<Offer> offers, ImmutableArray<FrameworkOutcome> outcomes)
    {
        if (launch.Offers.IsEmpty)
            return;
        Refuse(offers, launch.RefuseSeconds ?? FrameworkLaunch.StandardRefuseSeconds);
        ForgetClaims(launch.Offers);
        await OffersGrain.UsedUp(launch.Offers);
        await End(outcomes.Where(outcome => !outcome.IsCommitted).Select(outcome => (outcome.TaskId, ReasonOf(outcome.Rejection!))));
        Tell(withTold: false);
    }

    /// <summary>Tasks that no claim was committed for.</summary>
    private async Task End(IEnumerable<(string TaskId, string Reason)> unclaimed)
    {
        foreach (var some in unclaimed.Chunk(AtOnce))
        {
            foreach (var answer in await Task.WhenAll(some.Select(task => TaskOf(task.TaskId).Stop(StopCode.TaskFailedToStart, task.Reason))))
            {
                if (answer.Value is { } stopped)
                    _tasks.Take(stopped);
            }
        }
    }

    /// <summary>A task that rests on offers and claims of one node belongs there, as far as their nodes are known.</summary>
    private Fault? OnOtherNode(FrameworkLaunch launch, FrameworkTask task, int i)
    {
        var known = launch.Offers.Select(NodeOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return known.Count == 0 || known.Contains(task.Node)
            ? null
            : new Fault($"/tasks/{i}/node", $"none of the offers is of node {task.Node}; expected {string.Join(" or ", known)}");
    }

    private string? NodeOf(string offer) => _offers.TryGetValue(offer, out var known) ? known.Node : _claims.TryGetValue(offer, out var claim) ? claim.Node : null;

    private static string ReasonOf(ClaimRejection rejection) => rejection.Reason switch
    {
        ClaimRejectionReason.OfferGone => "An offer that it rests on stands no more.",
        ClaimRejectionReason.DoesNotFit => $"It asks for more than what was offered: {rejection.Dimension}, {rejection.Shortfall} too much.",
        ClaimRejectionReason.NodeUnavailable => "Its node takes no tasks now.",
        _ => $"It was not claimed: {rejection.Reason}, {rejection.Dimension}.",
    };

    /// <summary>A name that was used: for something else, or for what has ended. Until the framework has acknowledged that end, this may be the launch of it, asked for again.</summary>
    private static ImmutableArray<Fault> FaultsOf(FrameworkLaunch launch, ImmutableArray<TaskStart> starts, IReadOnlyList<TaskView> started)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        for (var i = 0; i < starts.Length; i++)
        {
            if (started[i].Definition != starts[i].Definition || started[i].OfFramework != launch.Tasks[i].Name)
                faults.Add(new Fault($"/tasks/{i}/name", $"there is a task {launch.Tasks[i].Name} of another definition, {started[i].Definition}"));
            else if (started[i].Acknowledged == TaskState.Stopped)
                faults.Add(new Fault($"/tasks/{i}/name", $"task {launch.Tasks[i].Name} has stopped; expected a name that was not used"));
        }

        return faults.ToImmutable();
    }

    private async Task<(ImmutableArray<ResolvedTask> Tasks, ImmutableArray<Fault> Faults)> Resolve(LaunchedTasks tasks)
    {
        // A family by name means its newest revision, whatever that was before.
        var unknown = tasks.Job with { Tasks = [.. tasks.Job.Tasks.Where(task => task.Definition is not null || !_resolved.ContainsKey(task.Name))] };
        var resolver = new JobResolver(grains);
        var references = await resolver.LookUp(unknown);
        var found = unknown.Tasks.IsEmpty ? [] : JobResolver.FaultsOf(unknown, references).ToImmutableArray();
        if (!found.IsEmpty)
            return ([], [.. found.Select(fault => tasks.ToJob(fault, unknown))]);
        var (resolved, faults) = await resolver.Resolve(unknown, references);
        if (!faults.IsEmpty)
            return ([], [.. faults.Select(fault => tasks.ToJob(fault, unknown))]);
        if (_resolved.Count + resolved.Length > MostResolved)
            _resolved.Clear();
        foreach (var task in resolved)
            _resolved[task.Name] = task;
        var byName = resolved.ToDictionary(task => task.Name, StringComparer.Ordinal);
        return ([.. tasks.Job.Tasks.Select(task => byName.GetValueOrDefault(task.Name) ?? _resolved[task.Name])], []);
    }

    private static TaskStart StartOf(FrameworkSpec spec, FrameworkTask task, ResolvedTask resolved) => new()
    {
        JobId = spec.Name,
        Name = TaskId.NameOfFrameworkTask(task.Name),
        Index = 0,
        Count = 1,
        Team = spec.Team,
        Priority = spec.Priority,
        Definition = resolved.Definition,
        Resources = resolved.Resources,
        Ports = resolved.Ports,
        Extras = resolved.Extras,
        Checkpoint = resolved.Checkpoint,
        Essential = resolved.Essential,
        OfFramework = task.Name,
    };

    /// <summary>What was stored and never claimed, since its launch was broken off, or was refused and not tried again.</summary>
    private Task EndUnclaimed()
    {
        var since = clock.GetUtcNow() - _longestUnclaimed;
        var unclaimed = _tasks.All.Where(task => task.State == TaskState.Provisioning && task.QueuedAt <= since && !_launching.Contains(task.OfFramework!)).Select(task => task.Id).ToList();
        return End(unclaimed.Select(id => (id, "No claim was committed for it.")));
    }

    private async Task ReadTasks(CancellationToken cancellationToken)
    {
        _readAt = clock.GetUtcNow();
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var task in queries.ReadTasks(Cluster, TaskOwner.ParentOfFramework(Name), state: null, cancellationToken))
        {
            there.Add(task.OfFramework!);
            _tasks.Take(task);
        }

        // What was acknowledged through another activation.
        _tasks.KeepOnly(there, _readAt);
    }

    private void Tell(FrameworkUpdate update)
    {
        _stream?.Tell(update);
        _news.Set();
    }
}
