using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// Where services are reached, as callers are told, held against what the database has been told: nobody is sent to a task that is to stop, what is planned ends no request that had
/// time to end, and no list is empty while somebody serves.
/// </summary>
internal sealed class EndpointBook(World world, TaskBook tasks, ServiceBook services, FaultRates faults)
{
    /// <summary>Until what tasks are at is heard of while messages get lost, and while nothing goes wrong.</summary>
    private static readonly TimeSpan _slow = TimeSpan.FromSeconds(90);

    /// <summary>Longer than a message may be under way.</summary>
    private static readonly TimeSpan _untilCalm = TimeSpan.FromSeconds(60);

    /// <summary>Seconds, where a service says nothing.</summary>
    private const int StandardDelay = 5;

    /// <summary>A second activation of a service's grain is told of nothing, and reads its tasks on a slow timer.</summary>
    private readonly TimeSpan _quick = TimeSpan.FromSeconds(faults is { GrainDoubled: null, DoubleStays: 0, AtEdge: 0 } ? 2 : 20);

    /// <summary>Between the clocks of two hosts, and what one of them gains within a few seconds.</summary>
    private readonly TimeSpan _clockDifference = TimeSpan.FromSeconds(faults.ClockDrift > 0 ? 4 : 0);
    private readonly Dictionary<string, DateTimeOffset> _stopping = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _serving = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _served = new(StringComparer.Ordinal);
    private readonly Dictionary<(string TaskId, int Attempt), DateTimeOffset> _listed = [];
    private readonly Dictionary<string, ContainerInfo> _running = new(StringComparer.Ordinal);
    private readonly List<CallerRequest> _requests = [];
    private DateTimeOffset _calmAt = DateTimeOffset.MaxValue;

    private DateTimeOffset Now => world.Time.GetUtcNow();

    /// <summary>Nothing has gone wrong for a while.</summary>
    public bool IsCalm => Now >= _calmAt;

    private TimeSpan Slack => IsCalm ? _quick : _slow;

    /// <summary>All faults have ended.</summary>
    public void OnHealed() => _calmAt = Now + _untilCalm;

    public void OnService(string name, ServiceRecord record)
    {
        foreach (var instance in record.Instances.Where(instance => instance.Stopping is not null))
            _stopping.TryAdd(TaskId.OfService(name, instance.Slot, instance.Number), Now);
    }

    public void OnTask(string id, TaskRecord? before, TaskRecord after)
    {
        if (!after.Start.IsOfService)
            return;
        if (before is { Desired: DesiredStatus.Running } && after.Desired == DesiredStatus.Stopped && after.StopCode == StopCode.ServiceSchedulerInitiated)
            CheckDelay(id, before);
        if (!Serves(after) || before?.Attempt != after.Attempt)
            Ended(id);
        if (Serves(after))
            _serving.TryAdd(id, Now);
    }

    public void OnContainer(ContainerInfo info)
    {
        var id = info.Labels.TaskId;
        if (info.Status == ContainerStatus.Running)
            _running[id] = info;
        else if (_running.TryGetValue(id, out var known) && known.Id == info.Id && known.Labels.Node == info.Labels.Node)
        {
            _running.Remove(id);
            foreach (var request in _requests.Where(request => request.TaskId == id).ToList())
                Cut(request, info);
        }
    }

    /// <summary>A caller was told where a service is reached.</summary>
    /// <param name="asked">Before the question was sent.</param>
    public void OnList(string service, ServiceEndpoints list, DateTimeOffset asked)
    {
        foreach (var endpoint in list.Endpoints)
        {
            if (_stopping.TryGetValue(endpoint.TaskId, out var since) && since < asked)
                world.Violate($"task {endpoint.TaskId} is listed for a caller that asked at {asked:O}, and was to stop at {since:O}");
            if (!_serving.ContainsKey(endpoint.TaskId) && _served.GetValueOrDefault(endpoint.TaskId) < asked - Slack)
                world.Violate($"task {endpoint.TaskId} is listed for a caller that asked at {asked:O}, and has not served since {_served.GetValueOrDefault(endpoint.TaskId):O}");
            if (tasks.Find(endpoint.TaskId) is { } task)
                _listed.TryAdd((endpoint.TaskId, task.Attempt), Now);
        }

        if (list.Endpoints.IsEmpty && Serving(service, asked - Slack) is { } idle)
            world.Violate($"nobody is listed for service {service}, and task {idle} was listed before, is healthy and is to stay");
        if (IsCalm && Settled(service, asked - _quick) is { } expected && !expected.SequenceEqual(list.Endpoints.Select(endpoint => endpoint.TaskId)))
            world.Violate($"service {service} has come to rest with {string.Join(", ", expected)}, and lists {string.Join(", ", list.Endpoints.Select(endpoint => endpoint.TaskId))}");
    }

    /// <summary>A request goes to a task that is in the list which a host holds.</summary>
    /// <returns><see langword="null"/> where nobody listens there.</returns>
    public CallerRequest? Connect(ServiceEndpoint endpoint, TimeSpan duration)
    {
        if (IsCalm && _stopping.TryGetValue(endpoint.TaskId, out var since) && since < Now - _quick)
            world.Violate($"a request goes to task {endpoint.TaskId}, which was to stop at {since:O}");
        if (!_running.TryGetValue(endpoint.TaskId, out var container) || container.Labels.Node != endpoint.Node || container.Ports.All(port => port.Host != endpoint.Ports[0].Host))
            return null;
        if (tasks.Find(endpoint.TaskId) is { } task)
            _listed.TryAdd((endpoint.TaskId, task.Attempt), Now);
        var request = new CallerRequest(endpoint.TaskId, Now, duration);
        _requests.Add(request);
        return request;
    }

    public void OnAnswered(CallerRequest request) => _requests.Remove(request);

    /// <summary>A request was refused: no list, nobody in it, or nobody listened.</summary>
    public void OnRefused(string service, string why, DateTimeOffset asked)
    {
        if (IsCalm && Serving(service, asked - _quick) is { } idle)
            world.Violate($"a request to service {service} was refused ({why}), and task {idle} was listed before, is healthy and is to stay");
    }

    private void Ended(string id)
    {
        if (_serving.Remove(id))
            _served[id] = Now;
    }

    /// <summary>What requests were sent to is not told to stop before the time that they were promised.</summary>
    private void CheckDelay(string id, TaskRecord task)
    {
        if (!_listed.ContainsKey((id, task.Attempt)) || task is not { State: TaskState.Running or TaskState.Deactivating, Eviction: null } || _serving.GetValueOrDefault(id, Now) > Now - Slack)
            return;
        if (services.Find(task.Start.JobId) is not { } record || record.Instances.FirstOrDefault(instance => instance.Number == task.Start.Index) is not { StoppingSince: { } since })
            return;
        var delay = TimeSpan.FromSeconds(record.Spec.DeregistrationDelay ?? StandardDelay);
        if (Now + _clockDifference < since + delay)
            world.Violate($"task {id} is told to stop at {Now:O}, and had {delay} from {since:O} for requests that had been sent to it");
    }

    private void Cut(CallerRequest request, ContainerInfo info)
    {
        _requests.Remove(request);
        world.Trace.Add($"a request of {request.Duration} to {request.TaskId} is cut after {Now - request.Began}");
        if (!IsCalm || request.Began < _calmAt || tasks.Find(request.TaskId) is not { Eviction: null } task || services.Find(task.Start.JobId) is not { } record)
            return;
        var isPlanned = task is { Desired: DesiredStatus.Stopped, StopCode: StopCode.ServiceSchedulerInitiated };
        var delay = TimeSpan.FromSeconds(record.Spec.DeregistrationDelay ?? StandardDelay);
        if (info.ExitCode == SimulatedContainer.Terminated && (!isPlanned || request.Duration + _quick + _clockDifference < delay))
            world.Violate($"a request of {request.Duration} to task {request.TaskId} began at {request.Began:O} and was cut at {Now:O}, where nothing goes wrong and {delay} are left for it");
    }

    /// <summary>A task that was listed, and has been healthy and to stay since then.</summary>
    private string? Serving(string service, DateTimeOffset since) => services.Find(service) is not { IsDeleted: false } record ? null : record.Instances
        .Where(instance => instance.Stopping is null)
        .Select(instance => TaskId.OfService(service, instance.Slot, instance.Number))
        .FirstOrDefault(id => ServesSince(id, since) && _listed.TryGetValue((id, tasks.Find(id)!.Attempt), out var listed) && listed <= since);

    /// <summary>All its tasks, where nothing has changed since then; <see langword="null"/> where something has.</summary>
    private List<string>? Settled(string service, DateTimeOffset since)
    {
        if (services.Find(service) is not { IsDeleted: false, Primary.Status: DeploymentStatus.Completed } record || services.WrittenAt(service) > since)
            return null;
        var all = record.Instances.OrderBy(instance => (instance.Slot, instance.Number)).Select(instance => (instance.Stopping, Id: TaskId.OfService(service, instance.Slot, instance.Number))).ToList();
        return all.TrueForAll(one => one.Stopping is null && ServesSince(one.Id, since)) ? [.. all.Select(one => one.Id)] : null;
    }

    /// <summary>Its container still runs, too: of its end the database hears later.</summary>
    private bool ServesSince(string id, DateTimeOffset since) => _serving.TryGetValue(id, out var began) && began <= since && _running.ContainsKey(id);

    private static bool Serves(TaskRecord task) => task is { State: TaskState.Running, Desired: DesiredStatus.Running, Eviction: null, Health: null or HealthStatus.Healthy } && task.Containers.Any(container => !container.Ports.IsEmpty);
}
