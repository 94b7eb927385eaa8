using System.Reflection;

namespace OrleansCluster.Tests.Api.Http.Fakes;

/// <summary>Stands for the engine's grain factory: one fake a key, made when it is first asked for.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly Dictionary<(Type, string), object> _grains = [];
    private readonly Dictionary<Type, Func<object>> _makers = [];

    // A proxy, because the two engines' factories have different further members that the API does not call.
    public static IGrainFactory Create(out FakeGrains fakes)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        fakes = (FakeGrains)(object)factory;
        fakes._makers[typeof(ITaskDefinitionGrain)] = () => new FakeDefinition();
        fakes._makers[typeof(IJobGrain)] = () => new FakeJob();
        fakes._makers[typeof(ITaskGrain)] = () => new FakeTask();
        fakes._makers[typeof(INodeGrain)] = () => new FakeNode();
        fakes._makers[typeof(INodeDrainGrain)] = () => new FakeDrain();
        fakes._makers[typeof(IScheduleGrain)] = () => new FakeSchedule();
        fakes._makers[typeof(IServiceGrain)] = () => new FakeService();
        fakes._makers[typeof(ISchedulerGrain)] = () => new FakeScheduler();
        fakes._makers[typeof(IEventsGrain)] = () => new FakeEvents();
        fakes._makers[typeof(IClusterStateGrain)] = () => new FakeClusterState();
        fakes._makers[typeof(IFrameworkGrain)] = () => new FakeFramework();
        fakes._makers[typeof(IClusterViewGrain)] = () => new FakeClusterView();
        return factory;
    }

    internal IEnumerable<string> Keys
    {
        get
        {
            lock (_grains)
                return [.. _grains.Keys.Select(key => key.Item2)];
        }
    }

    internal FakeJob Job(string id, string cluster = "default") => (FakeJob)Get(typeof(IJobGrain), GrainKeys.Job(cluster, id));

    internal FakeTask Task(string id, string cluster = "default") => (FakeTask)Get(typeof(ITaskGrain), GrainKeys.Task(cluster, id));

    internal FakeNode Node(string name) => (FakeNode)Get(typeof(INodeGrain), GrainKeys.Node("default", name));

    internal FakeDrain Drain(string name) => (FakeDrain)Get(typeof(INodeDrainGrain), GrainKeys.NodeDrain("default", name));

    internal FakeSchedule Schedule(string name) => (FakeSchedule)Get(typeof(IScheduleGrain), GrainKeys.Schedule("default", name));

    internal FakeClusterState ClusterState() => (FakeClusterState)Get(typeof(IClusterStateGrain), GrainKeys.Cluster("default"));

    internal FakeService Service(string name) => (FakeService)Get(typeof(IServiceGrain), GrainKeys.Service("default", name));

    internal FakeFramework Framework(string name) => (FakeFramework)Get(typeof(IFrameworkGrain), GrainKeys.Framework("default", name));

    internal FakeClusterView ClusterView() => (FakeClusterView)Get(typeof(IClusterViewGrain), GrainKeys.Cluster("default"));

    internal FakeEvents Events() => (FakeEvents)Get(typeof(IEventsGrain), GrainKeys.Events("default"));

    internal FakeScheduler Scheduler() => (FakeScheduler)Get(typeof(ISchedulerGrain), GrainKeys.Scheduler("default", "batch"));

    internal FakeDefinition Definition(string family) => (FakeDefinition)Get(typeof(ITaskDefinitionGrain), GrainKeys.TaskDefinition(family));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: "GetGrain", IsGenericMethod: true } && args?[0] is string key
            ? Get(targetMethod.GetGenericArguments()[0], key)
            : throw new NotSupportedException($"{targetMethod}");

    private object Get(Type type, string key)
    {
        lock (_grains)
        {
            if (!_grains.TryGetValue((type, key), out var grain))
            {
                grain = _makers[type]();
                if (grain is FakeJob job)
                    job.Id = GrainKeys.Split(key).Name;
                _grains[(type, key)] = grain;
            }

            return grain;
        }
    }
}
