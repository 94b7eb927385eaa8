using System.Text.Json;
using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Services.Autoscaling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// Services as the database has been told: never more tasks than the maximum, nothing healthy stopped below the minimum, no task that its service does not know of, no number used twice.
/// </summary>
internal sealed class ServiceBook(World world, TaskBook tasks, MoveBook moves, HookBook hooks)
{
    /// <summary>How old what a service knows of its tasks may be.</summary>
    private static readonly TimeSpan _moment = TimeSpan.FromMinutes(2);

    /// <summary>Clocks of hosts and silos differ: a task has to have run for so much longer to be healthy for sure.</summary>
    private static readonly TimeSpan _drift = TimeSpan.FromSeconds(10);

    /// <summary>What has waited for a node for less than this has no need of another task's place yet, whatever clocks say.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, ServiceRecord> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _issued = new(StringComparer.Ordinal);

    /// <summary>When tasks that run no more were last known to run.</summary>
    private readonly Dictionary<string, DateTimeOffset> _ran = new(StringComparer.Ordinal);

    private readonly Dictionary<string, DateTimeOffset> _writtenAt = new(StringComparer.Ordinal);

    /// <summary>A service is there, or is another than it was.</summary>
    public event Action<string, ServiceRecord>? Written;

    public ServiceRecord? Find(string name) => _services.GetValueOrDefault(name);

    /// <summary>When it was written last.</summary>
    public DateTimeOffset WrittenAt(string name) => _writtenAt.GetValueOrDefault(name);

    /// <summary>Whether all is as the service wants it, for the database.</summary>
    public bool IsAtRest(string name) => Find(name) is { IsDeleted: false, Primary.IsUnderWay: false } record
        && record.Instances.Length == record.Spec.DesiredCount
        && record.Instances.All(instance => TaskOf(name, instance) is { State: TaskState.Running, Desired: DesiredStatus.Running, Eviction: null });

    /// <summary>Whether its tasks are spread evenly over the nodes.</summary>
    public bool IsSpread(string name) => Find(name) is not { } record || moves.IsSpread(name, record);

    public void OnWritten(StateWrite write)
    {
        if (write.Kind != ServiceGrainState.Name)
            return;
        var name = GrainKeys.Split(write.Key).Name;
        var record = write.Json is null ? null : JsonSerializer.Deserialize<ServiceGrainState>(write.Json, StoreJson.Options)?.Record;
        var before = _services.GetValueOrDefault(name);
        foreach (var gone in before?.Instances.Where(old => record?.Instances.Any(instance => instance.Number == old.Number) != true) ?? [])
        {
            if (TaskOf(name, gone)?.State != TaskState.Stopped)
                world.Violate($"service {name} forgets task {gone.Slot}.{gone.Number}, which is {TaskOf(name, gone)?.State.ToString() ?? "not there"}");
        }

        if (record is null)
        {
            _services.Remove(name);
            return;
        }

        var added = record.Instances.Where(instance => before?.Instances.Any(old => old.Number == instance.Number) != true).ToList();
        foreach (var instance in added.Where(instance => instance.Number <= _issued.GetValueOrDefault(name)))
            world.Violate($"service {name} uses number {instance.Number} again");
        if (record.Spec.SchedulingStrategy == SchedulingStrategy.Replica && added.Count > 0 && record.Instances.Length > LimitsOf(record).Maximum)
            world.Violate($"service {name} starts {added.Count} tasks and has {record.Instances.Length} then, where {LimitsOf(record).Maximum} are the most");
        CheckStops(name, before, record);
        CheckScaling(name, before, record);
        hooks.OnService(name, before, record);
        if (before is not null)
            moves.OnService(name, before, record);
        _issued[name] = record.Issued;
        _services[name] = record;
        _writtenAt[name] = world.Time.GetUtcNow();
        Written?.Invoke(name, record);
    }

    /// <summary>A task has been started: its service wants it.</summary>
    public void OnBegun(TaskRecord task)
    {
        if (task.Start.IsOfService && Find(task.Start.JobId)?.Instances.Any(instance => instance.Number == task.Start.Index) != true)
            world.Violate($"task {task.Start.JobId}.{task.Start.Name}.{task.Start.Index} begins, and its service does not know of it");
    }

    public void OnTask(string id, TaskRecord? before, TaskRecord after)
    {
        if (after.Start.IsOfService && before is { State: TaskState.Running } && (after.State != TaskState.Running || after.Attempt != before.Attempt))
            _ran[id] = world.Time.GetUtcNow();
    }

    public IEnumerable<string> LeftOver() => _services.Keys.Select(name => $"service {name}");

    private void CheckStops(string name, ServiceRecord? before, ServiceRecord record)
    {
        if (before is null || record.IsDeleted || record.Spec.SchedulingStrategy == SchedulingStrategy.Daemon)
            return;
        var stopped = record.Instances.Where(instance => instance.Stopping is not null && before.Instances.Any(old => old.Number == instance.Number && old.Stopping is null) && IsHealthy(name, record, instance)).ToList();
        foreach (var instance in stopped)
            CheckReplaced(name, record, instance);
        var left = record.Instances.Count(instance => instance.Stopping is null && Ran(name, instance));
        if (stopped.Count > 0 && left < LimitsOf(record).Minimum)
            world.Violate($"service {name} stops {string.Join(", ", stopped.Select(instance => $"{instance.Slot}.{instance.Number}"))} and has {left} tasks left that run, where {LimitsOf(record).Minimum} are the fewest");
    }

    /// <summary>Whoever changes the count keeps to the bounds of then; clocks differ, and what is written may have been decided a while ago.</summary>
    private void CheckScaling(string name, ServiceRecord? before, ServiceRecord record)
    {
        if (record.Spec.Autoscaling is not { } scaling || before?.Spec.DesiredCount == record.Spec.DesiredCount)
            return;
        var now = world.Time.GetUtcNow();
        var count = record.Spec.DesiredCount;
        if (!new[] { now - _moment, now - _drift, now, now + _drift }.Any(at => ScalingBounds.Of(scaling, at).Clamp(count) == count))
            world.Violate($"service {name} is to have {count} tasks, where {ScalingBounds.Of(scaling, now)} are its bounds");
        if (before?.Scaling?.LastOut > record.Scaling?.LastOut || before?.Scaling?.LastIn > record.Scaling?.LastIn)
            world.Violate($"service {name} forgets when it was scaled last: {before.Scaling}, then {record.Scaling}");
    }

    /// <summary>What takes a healthy task's place has run by then. Blue/green tasks that never got a request are no loss.</summary>
    private void CheckReplaced(string name, ServiceRecord record, ServiceInstance stopped)
    {
        if (record.Primary is { Strategy: DeploymentStrategy.BlueGreen, IsUnderWay: true })
            return;
        var next = record.Instances.FirstOrDefault(instance => instance.Slot == stopped.Slot && instance.Number > stopped.Number && instance.Stopping is null);
        if (next is not null && !Ran(name, next) && TaskOf(name, next) is null or { Attempt: 1, State: < TaskState.Running } && (TaskOf(name, next)?.QueuedAt ?? DateTimeOffset.MaxValue) > world.Time.GetUtcNow() - _patience)
            world.Violate($"service {name} stops {stopped.Slot}.{stopped.Number}, which is healthy, and {next.Slot}.{next.Number}, which takes its place, is {TaskOf(name, next)?.State.ToString() ?? "not there"}");
    }

    private bool Runs(string name, ServiceInstance instance) => TaskOf(name, instance) is { State: TaskState.Running, Eviction: null };

    private bool IsHealthy(string name, ServiceRecord record, ServiceInstance instance) =>
        Runs(name, instance) && TaskOf(name, instance)!.Health is (null or HealthStatus.Healthy) && TaskOf(name, instance)!.StartedAt?.AddSeconds(record.Spec.DeploymentConfiguration.MinimumHealthyTime) + _drift <= world.Time.GetUtcNow();

    /// <summary>Now, or a moment ago: the service may not have heard of its end yet.</summary>
    private bool Ran(string name, ServiceInstance instance) =>
        Runs(name, instance) || _ran.GetValueOrDefault(TaskId.OfService(name, instance.Slot, instance.Number)) + _moment > world.Time.GetUtcNow();

    private TaskRecord? TaskOf(string name, ServiceInstance instance) => tasks.Find(TaskId.OfService(name, instance.Slot, instance.Number));

    private static ServiceLimits LimitsOf(ServiceRecord record) => ServiceLimits.Of(record.Spec.DeploymentConfiguration, record.Spec.DesiredCount);
}
