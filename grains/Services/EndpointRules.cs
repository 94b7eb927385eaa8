using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>Which tasks of a service are sent requests, and where they are reached.</summary>
internal static class EndpointRules
{
    /// <summary>
    /// Those that run and are well. They need not have done so for the time after which a deployment counts on them: a request that one does not take yet is tried on
    /// another, and until then nobody might be left to take any. Where nobody is left of the revision that requests have gone over to, what got them before does again.
    /// </summary>
    public static ImmutableArray<ServiceEndpoint> Of(ServiceRecord record, IReadOnlyDictionary<int, ServiceTask> tasks, IReadOnlyDictionary<int, TaskView> views)
    {
        var healthy = record.Instances
            .Where(instance => instance.Stopping is null && tasks.GetValueOrDefault(instance.Number) is { State: TaskState.Running, IsLeaving: false, IsWell: true, IsPublished: true })
            .OrderBy(instance => (instance.Slot, instance.Number))
            .ToList();
        var serving = healthy.FindAll(instance => DeploymentProgress.Serves(record, instance.Revision));
        if (serving.Count == 0)
            serving = healthy.FindAll(instance => DeploymentProgress.HasServed(record, instance.Revision));
        return [.. serving.Select(instance => ToEndpoint(instance, views[instance.Number]))];
    }

    public static bool AreAlike(ImmutableArray<ServiceEndpoint> some, ImmutableArray<ServiceEndpoint> others) =>
        some.Length == others.Length && some.Zip(others).All(pair => AreAlike(pair.First, pair.Second));

    private static bool AreAlike(ServiceEndpoint one, ServiceEndpoint other) => one == other with { Ports = one.Ports } && one.Ports.SequenceEqual(other.Ports);

    private static ServiceEndpoint ToEndpoint(ServiceInstance instance, TaskView task)
    {
        var ports = task.Containers.SelectMany(container => container.Ports).ToList();
        return new ServiceEndpoint
        {
            TaskId = task.Id,
            Node = task.Node ?? "",
            Address = ports[0].Address,
            Ports = [.. ports.Select(port => new EndpointPort(port.Container, port.Host, port.Protocol))],
            Revision = instance.Revision,
        };
    }
}
