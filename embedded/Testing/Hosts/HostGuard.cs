using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Hosts;

/// <summary>What stops a node's containers when the lease runs out, whatever has become of the silo: a process of its own.</summary>
internal sealed class HostGuard(World world, SimulatedHost host, AgentOptions agent) : IFenceGuard
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);
    private readonly HashSet<string> _fenced = [];
    private TimeSpan _until = TimeSpan.MaxValue;
    private bool _isWaiting;

    public void Extend(TimeSpan remaining)
    {
        // By the host's clock, which may be slow.
        _until = world.Time.Elapsed + (remaining / host.ClockRate);
        Wait();
    }

    public bool HasFenced(string containerId) => _fenced.Contains(containerId);

    /// <summary>The host is off, and nothing is left to stop.</summary>
    public void Forget()
    {
        _until = TimeSpan.MaxValue;
        _fenced.Clear();
    }

    private void Wait()
    {
        if (_isWaiting || _until == TimeSpan.MaxValue)
            return;
        _isWaiting = true;
        var left = _until - world.Time.Elapsed;
        world.After(left > TimeSpan.Zero ? left : _period, () =>
        {
            _isWaiting = false;
            if (world.Time.Elapsed >= _until)
                StopAll();
            Wait();
        });
    }

    private async void StopAll()
    {
        try
        {
            var all = await host.Runtime.Call(r => r.List(agent.Cluster, agent.Node, CancellationToken.None), CancellationToken.None);
            foreach (var info in all.Where(info => info is { Status: ContainerStatus.Running, Labels.IsKept: false }))
            {
                world.Trace.Add($"node {agent.Node} fences {info.Labels.TaskId}, attempt {info.Labels.Attempt}");
                _fenced.Add(info.Id);
                _ = host.Runtime.Call(r => Stop(r, info.Id), CancellationToken.None);
            }
        }
        catch (RuntimeUnavailableException)
        {
            // Again in a second.
        }
    }

    private async Task<bool> Stop(IContainerRuntime simulated, string id)
    {
        await simulated.Stop(id, agent.FenceTimeout, CancellationToken.None);
        return true;
    }
}
