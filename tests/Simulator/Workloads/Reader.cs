using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Looks at everybody's jobs and tasks without a rest: an answer interleaves with whatever their grains are waiting for.</summary>
internal sealed class Reader(WorkloadContext context, IReadOnlyCollection<Client> clients, SeededRandom random)
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(100);

    public bool HasFinished { get; private set; }

    public async Task Run()
    {
        while (!context.IsFinishing)
        {
            await context.Delay(random.Between(TimeSpan.Zero, _longestPause));
            var client = random.Pick([.. clients]);
            if (client.Jobs == 0)
                continue;
            try
            {
                await (random.Chance(0.5) ? client.LookOnce(random) : client.LookAtTask(random));
            }
            catch (Exception exception)
            {
                context.Cluster.World.Trace.Add($"a reader was not answered: {exception.GetType().Name}");
            }
        }

        HasFinished = true;
    }
}
