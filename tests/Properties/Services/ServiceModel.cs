using System.Collections.Immutable;
using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Tests.Services;

/// <summary>
/// A service and a world for it in which a step is a second: what is started waits, runs, ends and stops as it is told. Each look is held against what a service promises.
/// </summary>
internal sealed class ServiceModel
{
    private readonly SortedDictionary<int, ServiceTask> _tasks = [];
    private readonly HashSet<int> _leaving = [];

    public ServiceModel(ServiceSpec spec) => Record = ServiceRules.Create(spec, TaskOf("web:1"), 0, Now);

    public ServiceRecord Record { get; private set; }
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Revisions the tasks of which end as soon as they run.</summary>
    public HashSet<int> Broken { get; } = [];

    /// <summary>Tasks that find no node.</summary>
    public Func<ServiceInstance, bool> IsUnplaceable { get; set; } = _ => false;

    /// <summary>Tasks whose health check fails.</summary>
    public HashSet<int> Unwell { get; } = [];

    /// <summary>Where a task goes that is bound for no node.</summary>
    public Func<ServiceInstance, string> PlaceOf { get; set; } = instance => $"n{instance.Number % 3}";

    /// <summary>What becomes of the job of a hook when it has run for a second.</summary>
    public Func<HookRun, JobStatus> Hook { get; set; } = _ => JobStatus.Succeeded;

    /// <summary>What is answered to those that wait for an approval; <see langword="null"/> for nothing.</summary>
    public bool? Approval { get; set; } = true;

    /// <summary>The jobs of hooks.</summary>
    public SortedDictionary<string, JobStatus> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>The nodes that a service may move its tasks to; without any it moves none.</summary>
    public Func<IReadOnlyCollection<NodeSnapshot>>? Cluster { get; set; }
    public ServiceLimits Limits => ServiceLimits.Of(Record, Nodes);

    /// <summary>That a daemon goes to.</summary>
    public ImmutableArray<string> Nodes { get; set; } = [];
    public IEnumerable<ServiceInstance> Wanted => Record.Instances.Where(instance => instance.Stopping is null);
    public int Healthy => Record.Instances.Count(Sight().IsHealthy);

    public static ServiceSpec Spec(int count, DeploymentConfiguration? configuration = null) => new()
    {
        Name = "web",
        DesiredCount = count,
        Definition = "web",
        DeploymentConfiguration = configuration ?? new(),
    };

    public void Update(string definition) => Record = ServiceRules.Update(Record, Record.Spec, TaskOf(definition), Now);

    public void Put(ServiceSpec spec, string definition) => Record = ServiceRules.Update(Record, spec, TaskOf(definition), Now);

    public void Scale(int count) => Record = ServiceRules.Scaled(Record, Record.Spec with { DesiredCount = count }, Now);

    public void Delete() => Record = Record with { IsDeleted = true };

    public void Protect(int slot, TimeSpan time)
    {
        var instance = Wanted.First(instance => instance.Slot == slot);
        Record = Record with { Instances = Record.Instances.Replace(instance, instance with { ProtectedUntil = Now + time }) };
    }

    public void Rollback() => Record = ServiceRules.Rollback(Record, ServiceRules.RevisionBefore(Record)!.Value, Now);

    public void StopDeployment(bool rollback)
    {
        if (ServiceRules.ReasonNotToStop(Record, rollback) is null)
            Record = ServiceRules.StopDeployment(Record, rollback, Now);
    }

    /// <summary>The nodes of these tasks are taken out of service.</summary>
    public void Leave(params IEnumerable<int> numbers) => _leaving.UnionWith(numbers);

    /// <summary>The attempt of a task ends, and the next one begins.</summary>
    public void Fail(int number)
    {
        if (_tasks.TryGetValue(number, out var task) && task.State != TaskState.Stopped)
            _tasks[number] = task.IsLeaving ? task with { State = TaskState.Stopped } : Again(task) with { Failures = task.Failures + 1 };
    }

    public ServiceTask Task(ServiceInstance instance) => _tasks[instance.Number];

    public void Steps(int count)
    {
        for (var i = 0; i < count; i++)
            Step();
    }

    /// <summary>Until a deployment is complete and time alone changes nothing more.</summary>
    public void StepsUntilRest(int most)
    {
        for (var i = 0; i < most && (Record.Primary.IsUnderWay || Healthy != Limits.Desired || Look().NextLook is not null); i++)
            Step();
    }

    /// <summary>A look, what it asks for, and a second.</summary>
    public void Step()
    {
        Look();
        RunHooks();
        foreach (var instance in Record.Instances)
        {
            if (!_tasks.ContainsKey(instance.Number))
                _tasks[instance.Number] = new ServiceTask { Number = instance.Number, Attempt = 1, State = TaskState.Provisioning, QueuedAt = Now };
            else if (instance.Stopping is not null)
                _tasks[instance.Number] = Stopped(_tasks[instance.Number]);
            else
                Move(instance, _tasks[instance.Number]);
        }

        Now += TimeSpan.FromSeconds(1);
    }

    /// <summary>One look alone, against what is promised.</summary>
    public ServicePlan Look()
    {
        var jobs = Record.Hooks.Where(run => run.JobId is not null).ToDictionary(run => run.JobId!, run => Jobs.TryGetValue(run.JobId!, out var status) ? status : (JobStatus?)null);
        var (before, sight, limits) = (HookProgress.Settle(Record, jobs, Now), Sight(), Limits);
        Assert.True(ReferenceEquals(before, HookProgress.Settle(before, jobs, Now)), "Settling again changes something.");
        var plan = ServiceReconciler.Plan(before, _tasks, _leaving, Nodes, Now);
        Record = plan.Record;
        var what = $"{Describe(before)} -> {Describe(plan.Record)}";
        var known = before.Instances.Select(instance => instance.Number).ToHashSet();
        if (plan.Record.Instances.Any(instance => !known.Contains(instance.Number)))
            Assert.True(plan.Record.Instances.Length <= limits.Maximum, $"more than {limits.Maximum} tasks: {what}");
        var stopped = plan.Record.Instances.Where(instance => instance.Stopping is not null && before.Instances.Any(b => b.Number == instance.Number && b.Stopping is null && sight.IsHealthy(b))).ToList();
        if (stopped.Count > 0 && !before.IsDeleted)
            Assert.True(plan.Record.Instances.Count(sight.IsHealthy) >= limits.Minimum, $"fewer than {limits.Minimum} healthy: {what}");
        Assert.Equal(plan.Record.Instances.Length, plan.Record.Instances.DistinctBy(instance => instance.Number).Count());
        Assert.All(plan.Record.Instances, instance => Assert.Contains(plan.Record.Revisions, revision => revision.Number == instance.Revision));

        CheckHooks(before, plan.Record, what);

        // Looking again at the same changes nothing.
        var again = ServiceReconciler.Plan(plan.Record, _tasks, _leaving, Nodes, Now).Record;
        Assert.True(ReferenceEquals(plan.Record, again), $"{what}, and again -> {Describe(again)}; {this}");
        if (plan.NextLook is { } next)
            Assert.True(next > Now, what);
        Rebalance();
        foreach (var number in plan.Evicted)
        {
            Unwell.Remove(number);
            _tasks[number] = Again(_tasks[number]) with { Failures = _tasks[number].Failures + 1 };
        }

        return plan;
    }

    public string? NodeOf(ServiceInstance instance) => _tasks.GetValueOrDefault(instance.Number)?.Node;

    private void RunHooks()
    {
        foreach (var run in Record.Hooks.Where(run => run is { IsOver: false, JobId: not null }))
        {
            if (!Jobs.TryGetValue(run.JobId!, out var status))
            {
                // What has ended before it began is not begun any more.
                if (run.Status == HookStatus.Pending)
                    Jobs.Add(run.JobId!, JobStatus.Running);
            }
            else if (status == JobStatus.Running)
            {
                Jobs[run.JobId!] = run.Status == HookStatus.Pending ? Hook(run) : JobStatus.Stopped;
            }
        }

        if (Approval is { } answer)
            Record = HookProgress.Answer(Record, hook: null, answer, Now);
    }

    /// <summary>No deployment passes a stage the hooks of which have not succeeded, and none starts anything before its first ones have.</summary>
    private void CheckHooks(ServiceRecord before, ServiceRecord after, string what)
    {
        var (old, primary) = (before.Primary, after.Deployments.First(one => one.Number == before.Primary.Number));
        var stages = after.Revision(after.Primary.Revision).Spec.DeploymentConfiguration.Hooks.SelectMany(hook => hook.Stages).Distinct().Select(HookProgress.StageOf).ToList();
        if (old.IsUnderWay && (primary.IsUnderWay || primary.Status == DeploymentStatus.Completed) && stages.Contains(old.Stage) && primary.Stage != old.Stage)
        {
            var runs = after.Hooks.Where(run => run.Deployment == old.Number && HookProgress.StageOf(run.Stage) == old.Stage).ToList();
            Assert.NotEmpty(runs);
            Assert.All(runs, run => Assert.True(run.Status == HookStatus.Succeeded && (run.JobId is null || Jobs[run.JobId] == JobStatus.Succeeded), $"{run}: {what}"));
        }

        Assert.Equal(after.Hooks.Length, after.Hooks.DistinctBy(run => (run.Deployment, run.Stage, run.Name)).Count());
        if (after.Primary.Stage == DeploymentStage.PreScaleUp)
            Assert.DoesNotContain(after.Instances, instance => instance.Deployment == after.Primary.Number && instance.Revision == after.Primary.Revision && after.Primary.Revision != after.Completed);
    }

    private void Rebalance()
    {
        if (Cluster is null || !Rebalancer.IsWanted(Record))
            return;
        var (before, nodes) = (Record, Cluster());
        Record = Rebalancer.Begin(before, Sight(), Rebalancer.Suggest(before, Sight(), nodes));
        var what = $"{Describe(before)} -> {this}";
        if (Record.Instances.Length > before.Instances.Length)
        {
            Assert.True(Record.Instances.Length <= Limits.Maximum, $"more than {Limits.Maximum} tasks: {what}");
            Assert.True(Moves.Count(Record) <= Rebalancer.BudgetOf(Record.Spec), $"more moves than {Rebalancer.BudgetOf(Record.Spec)}: {what}");
            Assert.True(before.Primary.Status == DeploymentStatus.Completed, what);
        }

        Assert.True(ReferenceEquals(Record, Rebalancer.Begin(Record, Sight(), Rebalancer.Suggest(Record, Sight(), nodes))), $"{what}, and again");
        Assert.True(ReferenceEquals(Record, ServiceReconciler.Plan(Record, _tasks, _leaving, Nodes, Now).Record), $"{what}, and another look changes it");
    }

    public override string ToString() => $"{Describe(Record)}, limits {Limits}, now {Now:T}, leaving {string.Join(' ', _leaving)}, tasks {string.Join(", ", Record.Instances.Select(i => _tasks.GetValueOrDefault(i.Number)))}";

    private static ServiceTask Stopped(ServiceTask task) => task.IsLeaving || task.State == TaskState.Provisioning ? task with { State = TaskState.Stopped, IsLeaving = true } : task with { IsLeaving = true };

    private void Move(ServiceInstance instance, ServiceTask task)
    {
        if (task.State == TaskState.Provisioning && !IsUnplaceable(instance))
            _tasks[instance.Number] = task with { State = TaskState.Running, Node = task.Attempt == 1 && instance.FirstNode is { } bound ? bound : PlaceOf(instance), StartedAt = Now, Health = HealthOf(instance.Number) };
        else if (task.State == TaskState.Running && Broken.Contains(instance.Revision))
            Fail(instance.Number);
        else
            _tasks[instance.Number] = task with { Health = HealthOf(instance.Number) };
    }

    private HealthStatus? HealthOf(int number) => Unwell.Contains(number) ? HealthStatus.Unhealthy : HealthStatus.Healthy;

    private ServiceTask Again(ServiceTask task) => task with { Attempt = task.Attempt + 1, State = TaskState.Provisioning, Node = null, StartedAt = null, QueuedAt = Now, Health = null };

    private ServiceSight Sight() => new(Record.Spec, _tasks, _leaving, Now);

    private static string Describe(ServiceRecord record) =>
        $"{record.Primary.Number}:{record.Primary.Status}/{record.Primary.Stage} [{string.Join(' ', record.Instances.Select(i => $"{i.Slot}.{i.Number}r{i.Revision}{(i.Stopping is null ? "" : "!")}"))}]";

    private static ResolvedTask TaskOf(string definition) => new("service", definition, new Resources(100, 32, 0), [], ["main"]);
}
