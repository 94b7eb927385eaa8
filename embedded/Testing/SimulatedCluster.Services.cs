using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;

namespace OrleansCluster.Testing;

/// <summary>Services, as a client of the cluster sees them, and what their users do to them.</summary>
public sealed partial class SimulatedCluster
{
    private readonly Dictionary<string, int> _loads = new(StringComparer.Ordinal);

    /// <summary>Makes a service, or changes it. It is durable when this returns.</summary>
    /// <returns>The service; or, refused, every fault, and nothing has changed.</returns>
    public Task<Answer<ServiceView>> PutService(ServiceSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return AskService(spec.Name, service => service.Put(spec, PutMode.Any));
    }

    /// <returns><see langword="null"/> where there is no such service.</returns>
    public Task<ServiceView?> GetService(string name) => AskService(name, service => service.Get());

    /// <summary>Changes a service's desired count.</summary>
    /// <returns>The service; or a refusal: there is none, or the count does not go with it.</returns>
    public Task<Answer<ServiceView>> ScaleService(string name, int desiredCount) => AskService(name, service => service.Scale(desiredCount));

    /// <summary>Says what a metric of a service is now; it counts for a minute.</summary>
    /// <returns>The metric; or a refusal: there is no such service, or it has no such name.</returns>
    public Task<Answer<ServiceMetric>> PutServiceMetric(string name, string metric, double value) => AskService(name, service => service.PutMetric(metric, value));

    /// <summary>What a service is asked to do: so much CPU its running tasks use together from now on, in equal parts. Until this is said, programs say what they use.</summary>
    public void SetServiceLoad(string name, int millicores)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _loads[name] = millicores;
    }

    /// <summary>Deploys the revision that was complete before.</summary>
    /// <returns>The service; or a refusal: there is none, or nothing to go back to.</returns>
    public Task<Answer<ServiceView>> RollbackService(string name) => AskService(name, service => service.Rollback());

    /// <summary>Ends the deployment of a service that is under way.</summary>
    /// <param name="rollback">Back to the revision that was last completed; otherwise what runs is left as it is.</param>
    /// <returns>The service; or a refusal: there is none, no deployment is under way, or there is nothing to go back to.</returns>
    public Task<Answer<ServiceView>> StopServiceDeployment(string name, bool rollback = true) => AskService(name, service => service.StopDeployment(rollback));

    /// <summary>Answers hooks of a service's newest deployment that wait for an approval.</summary>
    /// <param name="reject">The deployment may not go on.</param>
    /// <returns>The service; or a refusal: there is none, or nothing waits for that.</returns>
    public Task<Answer<ServiceView>> ApproveServiceDeployment(string name, bool reject = false) => AskService(name, service => service.Approve(hook: null, deployment: null, !reject));

    /// <summary>Moves a service's tasks until they are spread evenly.</summary>
    /// <param name="isDry">Only shows the moves.</param>
    /// <returns>The service with the moves that are to be made; or a refusal: there is none, it does not spread its tasks, or a deployment is under way.</returns>
    public Task<Answer<ServiceView>> RebalanceService(string name, bool isDry = false) => AskService(name, service => service.Rebalance(isDry));

    /// <summary>Stops a service's tasks; it is no more when they have stopped.</summary>
    /// <returns>The service as it is now; or a refusal: there is none.</returns>
    public Task<Answer<ServiceView>> DeleteService(string name) => AskService(name, service => service.Delete());

    /// <summary>Runs the world until a service is as it is to be.</summary>
    /// <param name="what">For the exception: what was waited for.</param>
    /// <exception cref="SimulationException">It has not come to that within <see cref="SimulationOptions.Patience"/>.</exception>
    public async Task<ServiceView> WaitForService(string name, string what, Func<ServiceView, bool> isSo)
    {
        ArgumentNullException.ThrowIfNull(isSo);
        for (var end = Time + Options.Patience; Time < end; Advance(_pause))
        {
            if (await GetService(name) is { } service && isSo(service))
                return service;
        }

        throw Late($"service {name}: {what}");
    }

    internal SimulatedUse? LoadOf(ContainerLabels labels)
    {
        if (!TaskId.IsOfService(labels.TaskId) || !_loads.TryGetValue(TaskId.JobOf(labels.TaskId), out var load))
            return null;
        var service = TaskId.JobOf(labels.TaskId);
        var running = Hosts.Sum(host => host.Runtime.Running().Count(info => TaskId.IsOfService(info.Labels.TaskId) && TaskId.JobOf(info.Labels.TaskId) == service));
        return new SimulatedUse(load / Math.Max(1, running), Memory: 0);
    }

    private Task<T> AskService<T>(string name, Func<IServiceGrain, Task<T>> question)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Ask(silo => question(silo.Engine.GetGrain<IServiceGrain>(GrainKeys.Service(Options.Cluster, name))));
    }
}
