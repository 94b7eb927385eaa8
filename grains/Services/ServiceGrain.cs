using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Storage;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services;

/// <summary>
/// Carries out what <see cref="ServiceReconciler"/> decides: writes it first, then starts and stops. Its tasks' persisted states are heard from them as they change, and read from the
/// store at activation and on a slow timer, so that nothing hangs on a message.
/// </summary>
[RandomPlacement]
internal sealed partial class ServiceGrain(
    [PersistentState(ServiceGrainState.Name, StoreGrainStorage.Name)] IPersistentState<ServiceGrainState> state,
    ITransactionalStore store,
    ISiloPeers peers,
    TaskStarter starter,
    SchedulerShards shards,
    TimeProvider clock,
    IGrainFactory grains,
    ILogger<ServiceGrain> logger) : ClusterGrain, IServiceGrain
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(15);

    /// <summary>How often a daemon service looks for nodes that have come or gone, and any service for the jobs of its hooks.</summary>
    private static readonly TimeSpan _nodePeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestWatch = TimeSpan.FromSeconds(60);

    /// <summary>What its tasks tell within this time is looked at together.</summary>
    private static readonly TimeSpan _gathering = TimeSpan.FromMilliseconds(20);

    private readonly AsyncPulse _changed = new(clock);
    private readonly Saving _saving = new(clock);
    private readonly SortedDictionary<int, TaskView> _views = [];
    private readonly Dictionary<int, ServiceTask> _tasks = [];
    private readonly LeavingTasks _leaving = new(clock);
    private readonly DaemonNodes _daemon = new();
    private ImmutableArray<string> _nodes = [];
    private ServiceTasks _own = null!;
    private ServiceRecord? _record;
    private IGrainTimer? _timer;
    private DateTimeOffset _readAt;
    private DateTimeOffset _dueAt;
    private string? _told;
    private long _version;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Another activation counted from another moment, so its versions are others. Below 2^53, for readers whose numbers are doubles.
        _version = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        _hooks = new HookJobs(Cluster, grains);
        _own = new ServiceTasks(Cluster, Name, store, starter, shards.KeyForTask(Cluster, TaskId.OfService(Name, 0, 0)), grains);
        _record = state.State.Record;
        Begin();
        return Task.CompletedTask;
    }

    public async Task<Answer<ServiceView>> Put(ServiceSpec spec, PutMode mode)
    {
        await CatchUp();
        if (_record is null && mode == PutMode.Update)
            return Missing();
        var job = ServiceValidator.AsJob(spec);
        var resolver = new JobResolver(grains);
        var references = await resolver.LookUp(job);
        ImmutableArray<Fault> faults = [.. ServiceValidator.Validate(spec), .. JobResolver.FaultsOf(job, references).Select(Below), .. await HookRules.FindMissing(resolver, spec)];
        if (spec.Name != Name)
            faults = faults.Add(new Fault("/name", $"{Quoted.Of(spec.Name)} found; expected the name that it is put under, {Quoted.Of(Name)}"));
        if (_record is { } known && known.Spec.SchedulingStrategy != spec.SchedulingStrategy)
            faults = faults.Add(new Fault("/schedulingStrategy", "a service keeps its strategy: expected that of the service that is there"));
        if (!faults.IsEmpty)
            return Refusal.Faulty("The service", faults);
        if (_record is { IsDeleted: true })
            return Refusal.Conflict($"Service {Name} is being deleted; its tasks have not all stopped.");
        if (_record is { } there && mode == PutMode.Create)
            return StoreJson.ContentOf(there.Spec) == StoreJson.ContentOf(spec.Autoscaling is null ? spec : spec with { DesiredCount = there.Spec.DesiredCount }) ? View() : Refusal.Conflict($"Service {Name} exists already, with another specification.");
        var (tasks, unresolved) = await resolver.Resolve(job, references);
        if (!unresolved.IsEmpty)
            return Refusal.Faulty("The service", [.. unresolved.Select(Below)]);
        var record = _record;
        var next = record is null ? ServiceRules.Create(spec, tasks[0], state.State.Issued, clock.GetUtcNow()) : ServiceRules.Update(record, spec, tasks[0], clock.GetUtcNow());
        if (record is null || StoreJson.ContentOf(record) != StoreJson.ContentOf(next))
            await Save(record, next, record is null ? "service.created" : "service.changed");
        LookSoon(TimeSpan.Zero);
        return View();
    }

    public async Task<ServiceView?> Get()
    {
        await CatchUp();
        _lookedAt = clock.GetUtcNow();
        return _record is null ? null : View();
    }

    public async Task<ServiceView?> Watch(long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_record is not null && version == _version && wait > TimeSpan.Zero)
            await _changed.Wait(wait < _longestWatch ? wait : _longestWatch, cancellationToken);
        return await Get();
    }

    public async Task<Answer<ServiceView>> Scale(int desiredCount)
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return Missing();
        var spec = record.Spec with { DesiredCount = desiredCount };
        if (ServiceValidator.Validate(spec) is { IsEmpty: false } faults)
            return Refusal.Faulty("The service", faults);
        if (BoundsOf(record, clock.GetUtcNow()) is { } bounds && bounds.Clamp(desiredCount) != desiredCount)
            return Refusal.Faulty("The service", [new Fault("/desiredCount", $"{desiredCount} is outside of its autoscaling's bounds: expected {bounds.Minimum} to {bounds.Maximum}")]);
        return await Change(record, ServiceRules.Scaled(record, spec, clock.GetUtcNow()), "service.scaled");
    }

    public async Task<Answer<ServiceView>> Rollback()
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return Missing();
        if (ServiceRules.RevisionBefore(record) is not { } revision)
            return Refusal.Conflict($"Service {Name} has no earlier revision that was ever deployed in full.");
        return await Change(record, ServiceRules.Rollback(record, revision, clock.GetUtcNow()), "service.changed");
    }

    public async Task<Answer<ServiceView>> Protect(string taskId, int seconds)
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return Missing();
        const int longest = 172_800;
        if (seconds is < 0 or > longest)
            return Refusal.Invalid("The request has a fault.", [new Fault("/seconds", $"{seconds} is out of range: expected 0 to {longest}")]);
        if (record.Instances.FirstOrDefault(instance => instance.Stopping is null && _own.IdOf(instance) == taskId) is not { } found)
            return Refusal.NotFound($"Service {Name} has no task {taskId} that is to stay.");
        DateTimeOffset? until = seconds == 0 ? null : clock.GetUtcNow().AddSeconds(seconds);
        return await Change(record, record with { Instances = record.Instances.Replace(found, found with { ProtectedUntil = until }) }, "service.protected");
    }

    public async Task<Answer<ServiceView>> Delete()
    {
        await CatchUp();
        if (_record is not { } record)
            return Missing();
        return await Change(record, record.IsDeleted ? record : (record with { IsDeleted = true }).Tell(clock.GetUtcNow(), "It was deleted; its tasks stop."), "service.deleting");
    }

    public Task TaskChanged(TaskView task)
    {
        if (_record is not null && Merge(task))
            LookSoon(_gathering);
        return Task.CompletedTask;
    }

    public Task Leave(string node, ImmutableArray<string> taskIds)
    {
        if (_record is { } record && _leaving.Tell(record.Instances.Where(instance => taskIds.Contains(_own.IdOf(instance))).Select(instance => instance.Number)))
            LookSoon(_gathering);
        return Task.CompletedTask;
    }

    public Task Ensure() => CatchUp();

    private void Begin()
    {
        if (_record is null)
        {
            _timer?.Dispose();
            _timer = null;
            _views.Clear();
            _tasks.Clear();
            ForgetMetrics();
        }
        else if (_timer is null)
        {
            _readAt = default;
            _timer = this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(TimeSpan.Zero, _period) { KeepAlive = true });
        }
    }

    private void LookSoon(TimeSpan wait)
    {
        var at = clock.GetUtcNow() + wait;
        if (_timer is null || (_dueAt <= at && _dueAt > clock.GetUtcNow()))
            return;
        _dueAt = at;
        _timer.Change(wait, _period);
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        await CatchUp();
        if (_record is not { } record)
            return;
        if (clock.GetUtcNow() - _readAt >= _period)
            await Read(record);
        record = _record;
        if (record is null)
            return;
        if (record.Spec.SchedulingStrategy == SchedulingStrategy.Daemon)
            _nodes = await _daemon.Read(grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(Cluster)), record.Spec, cancellationToken);
        var all = Rebalancer.IsWanted(record) ? await ReadNodes(cancellationToken) : null;
        var jobs = await ReadHooks(record);
        var wanted = await FollowMetrics(record, cancellationToken);
        var plan = ServiceReconciler.Plan(HookProgress.Settle(wanted, jobs, clock.GetUtcNow()), _tasks, _leaving.Numbers(), _nodes, clock.GetUtcNow());
        plan = all is null ? NotRebalanced(plan) : Rebalanced(plan, all);
        if (plan.Record is { IsDeleted: true, Instances.IsEmpty: true, Hooks.IsEmpty: true })
        {
            await Save(record, null, "service.deleted");
            return;
        }

        if (!ReferenceEquals(plan.Record, record))
            await Save(record, plan.Record, wanted.Spec.DesiredCount == record.Spec.DesiredCount ? "service.event" : "service.scaled");
        ShowEndpoints(hasLooked: _readAt != default);
        var hasStopped = await CarryOut(plan);
        await CarryOutHooks(plan.Record, jobs);
        await TellUnplaced();
        Forget();
        Changed();
        var longest = record.Spec.SchedulingStrategy == SchedulingStrategy.Daemon || plan.Record.Hooks.Any(run => !run.IsOver) ? _nodePeriod : _period;
        var wait = new[] { plan.NextLook, NextByMetrics(clock.GetUtcNow()) }.Min() is { } next ? next - clock.GetUtcNow() : longest;
        LookSoon(hasStopped || wait < _gathering ? _gathering : wait > longest ? longest : wait);
    }

    /// <summary>All its tasks as they are stored, and what was said to their schedulers and nodes is said again.</summary>
    private async Task Read(ServiceRecord record)
    {
        _readAt = clock.GetUtcNow();
        ImmutableArray<TaskView?> read;
        try
        {
            read = [.. await Task.WhenAll(record.Instances.Select(_own.Read))];
        }
        catch
        {
            _readAt = default;
            throw;
        }

        foreach (var task in read.OfType<TaskView>())
            Merge(task);
        await _own.Queue(read.OfType<TaskView>());
        await Task.WhenAll(record.Instances.Zip(read).Where(x => x.Second is { State: not TaskState.Stopped and not TaskState.Provisioning } task && (task.DesiredStatus == DesiredStatus.Stopped || task.Evicted is not null))
            .Select(x => _own.Ensure(x.First)));
    }

    /// <summary>Whether some have stopped already, as those do that wait for a node: what they tell is then no news any more, so it has to be looked at all the same.</summary>
    private async Task<bool> CarryOut(ServicePlan plan)
    {
        var record = plan.Record;
        ImmutableArray<ServiceInstance> starting = [.. record.Instances.Where(instance => !_views.ContainsKey(instance.Number))];
        if (!starting.IsEmpty)
        {
            foreach (var task in await _own.Start(record, starting))
                Merge(task);
        }

        var stopping = record.Instances.Where(instance => instance.Stopping is not null && _views.GetValueOrDefault(instance.Number) is { State: not TaskState.Stopped, DesiredStatus: DesiredStatus.Running });
        var byEnd = stopping.ToLookup(instance => Deregistration.IsOver(record.Spec, instance, _tasks.GetValueOrDefault(instance.Number), clock.GetUtcNow()));
        var stopped = await Task.WhenAll(byEnd[true].Select(_own.Stop));
        foreach (var task in stopped)
            Merge(task);
        await Task.WhenAll(byEnd[false].Where(instance => _views[instance.Number].State == TaskState.Running).Select(instance => _own.Deactivate(instance, _views[instance.Number].Attempt)));
        foreach (var instance in record.Instances.Where(instance => plan.Evicted.Contains(instance.Number)))
            await _own.Evict(instance, _views[instance.Number].Attempt, "Its health check fails.");
        return stopped.Any(task => task is { State: TaskState.Stopped });
    }

    /// <summary>Says why a task finds no node when that begins or its cause changes, not at each look.</summary>
    private async Task TellUnplaced()
    {
        var since = clock.GetUtcNow() - TimeSpan.FromSeconds(5);
        if (_record is not { IsDeleted: false } record)
            return;
        var waiting = record.Instances.FirstOrDefault(instance => instance.Stopping is null && _views.GetValueOrDefault(instance.Number) is { State: TaskState.Provisioning } task && task.QueuedAt <= since);
        var reason = waiting is null ? null : await _own.Explain(waiting);
        if (reason is null)
            _told = waiting is null ? null : _told;
        else if (reason != _told && ReferenceEquals(record, _record))
        {
            _told = reason;
            await Save(record, record.Tell(clock.GetUtcNow(), $"Task {_own.IdOf(waiting!)} finds no node: {reason}"), "service.event");
        }
    }

    /// <summary>False where nothing of it is news. (attempt, state) only grows, and so does the wish to end it within an attempt.</summary>
    private bool Merge(TaskView? task)
    {
        if (task is null || _record is null || !_record.Instances.Any(instance => instance.Number == task.Index))
            return false;
        if (_views.TryGetValue(task.Index, out var known) && (task.Attempt, task.State).CompareTo((known.Attempt, known.State)) < 0)
            return false;
        _views[task.Index] = task;
        var seen = ServiceTask.Of(task);
        var isNews = !_tasks.TryGetValue(task.Index, out var before) || before != seen;
        _tasks[task.Index] = seen;
        return isNews;
    }

    /// <summary>Of numbers that are no more nothing is kept.</summary>
    private void Forget()
    {
        var numbers = _record?.Instances.Select(instance => instance.Number).ToHashSet() ?? [];
        foreach (var number in _views.Keys.Where(number => !numbers.Contains(number)).ToList())
        {
            _views.Remove(number);
            _tasks.Remove(number);
        }
    }

    private async Task CatchUp()
    {
        if (peers.IsOnly)
            return;
        await _saving.WaitForEnd();
        if (!await state.CatchUp(store, ServiceGrainState.Name, this.GetPrimaryKeyString()))
            return;
        _record = state.State.Record;

        // The other activation may know more of the tasks, too.
        _readAt = default;
        DoubtEndpoints();
        Forget();
        Begin();
        Changed();
        LookSoon(TimeSpan.Zero);
    }

    private async Task<Answer<ServiceView>> Change(ServiceRecord record, ServiceRecord next, string happened)
    {
        if (!ReferenceEquals(record, next))
            await Save(record, next, happened);
        LookSoon(TimeSpan.Zero);
        return View();
    }

    private async Task Save(ServiceRecord? record, ServiceRecord? next, string happened)
    {
        if (!ReferenceEquals(record, _record))
            throw new InconsistentStateException($"Another activation has changed service {Name} meanwhile; try again.");
        _saving.Begin();
        try
        {
            await state.Write(new ServiceGrainState { Cluster = Cluster, Record = next, Issued = next is null ? record!.Issued : 0, PendingEvents = Told(record, next, happened) });
        }
        catch
        {
            // Whether it was written is not known: the next activation reads it. Waiting watchers would hold that up.
            _saving.End();
            _changed.Set();
            _endpoints.GiveUp();
            DeactivateOnIdle();
            throw;
        }

        _record = next;
        _saving.End();
        Begin();
        Changed();
        foreach (var (_, message) in NewEvents(record, next))
            LogHappened(logger, Name, message);
    }

    private ImmutableArray<EventDraft> Told(ServiceRecord? before, ServiceRecord? after, string happened)
    {
        var events = NewEvents(before, after).Select(x => new EventDraft(x.At, "service.event", Name, "", JsonSerializer.Serialize(new { x.Message }, ClusterJson.Options)));
        return happened == "service.event" ? [.. events] : [new EventDraft(clock.GetUtcNow(), happened, Name, "", JsonSerializer.Serialize(new { after?.Spec.DesiredCount }, ClusterJson.Options)), .. events];
    }

    /// <summary>The oldest first.</summary>
    private static IEnumerable<(DateTimeOffset At, string Message)> NewEvents(ServiceRecord? before, ServiceRecord? after)
    {
        var newest = before?.Events is [var first, ..] ? first : null;
        return (after?.Events ?? []).TakeWhile(one => !ReferenceEquals(one, newest)).Reverse().Select(one => (one.At, one.Message));
    }

    private void Changed()
    {
        ShowEndpoints(hasLooked: false);
        _version++;
        _changed.Set();
    }

    private ServiceView View() => WithMetrics(_record!.ToView(_tasks, _leaving.Numbers(), _nodes, _suggested, clock.GetUtcNow(), _version), _record!);

    private Refusal Missing() => Refusal.NotFound($"There is no service {Name}.");

    private static Fault Below(Fault fault) => fault with { Path = ServiceValidator.PathOf(fault.Path) };

    [LoggerMessage(Level = LogLevel.Information, Message = "Service {Service}: {Message}")]
    private static partial void LogHappened(ILogger logger, string service, string message);
}
