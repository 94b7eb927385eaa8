namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>Programs say themselves what they use; or whoever simulates the load does.</summary>
public sealed partial class SimulatedRuntime
{
    /// <summary>What a container uses now, whatever its program says; <see langword="null"/> leaves it to that.</summary>
    internal Func<ContainerLabels, SimulatedUse?>? Load { get; set; }

    public async Task<ContainerUsage?> ReadUsage(string id, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        lock (_lock)
            return _containers.TryGetValue(id, out var container) && container.Info.Status == ContainerStatus.Running ? container.ReadUsage(Load?.Invoke(container.Info.Labels)) : null;
    }
}
