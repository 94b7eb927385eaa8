using OrleansCluster.Testing;
using OrleansCluster.Testing.Kernel;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>What the parts of a workload share.</summary>
internal sealed class WorkloadContext(SimulatedCluster cluster, SimulatedProcess process, TimeProvider clock)
{
    private static readonly TimeSpan _answerTime = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    public SimulatedCluster Cluster { get; } = cluster;

    public SimulatedProcess Process { get; } = process;

    public TimeProvider Clock { get; } = clock;

    public WorkloadFocus Focus { get; } = WorkloadFocus.Of(cluster.Seed);

    public bool IsFinishing { get; set; }

    public Task Delay(TimeSpan time) => Task.Delay(time, Clock);

    /// <summary>Asks one silo after the other until one answers: what clients do that are told nothing.</summary>
    public async Task<T> Ask<T>(Func<SimulatedSilo, Task<T>> serve)
    {
        while (true)
        {
            try
            {
                return await Try(serve);
            }
            catch (Exception exception)
            {
                Cluster.World.Trace.Add($"a client was not answered: {exception.GetType().Name}: {exception.Message}");
                await Delay(_pause);
            }
        }
    }

    /// <summary>Asks one silo, once.</summary>
    public Task<T> Try<T>(Func<SimulatedSilo, Task<T>> serve) => Cluster.Request(serve).WaitAsync(_answerTime, Clock);

    /// <summary>Asks that silo, once.</summary>
    public Task<T> Try<T>(SimulatedSilo silo, Func<SimulatedSilo, Task<T>> serve) => silo.Request(serve).WaitAsync(_answerTime, Clock);
}
