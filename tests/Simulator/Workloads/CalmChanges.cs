using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>What is planned, done to a service while nothing goes wrong: updates, also of updates that are under way, scaling, roll-backs, drains.</summary>
internal sealed class CalmChanges(WorkloadContext context, string service, SeededRandom random)
{
    private const int LargestCount = 4;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    /// <param name="put">Deploys a script.</param>
    /// <param name="scale">Sets the desired count.</param>
    public async Task Run(Func<string, Task> put, Func<int, Task> scale, Func<Task> rollBack)
    {
        for (var left = random.Between(2, 4); left > 0; left--)
        {
            switch (random.Below(6))
            {
                case 0 or 1:
                    await put($"sleep {random.Between(10_000_000, 11_000_000)}");
                    break;
                case 2:
                    await scale(random.Between(1, LargestCount));
                    break;
                case 3:
                    await rollBack();
                    break;
                case 4:
                    await put($"sleep {random.Between(10_000_000, 11_000_000)}");
                    await context.Delay(random.Between(TimeSpan.Zero, _patience / 2));
                    await put($"sleep {random.Between(10_000_000, 11_000_000)}");
                    break;
                default:
                    await Drain(random.Pick(context.Cluster.Hosts.ToList()).Name);
                    break;
            }

            await context.Delay(random.Between(TimeSpan.Zero, _patience));
        }
    }

    private async Task Drain(string node)
    {
        context.Cluster.World.Trace.Add($"node {node} is drained while nothing goes wrong");
        await context.Ask(silo => DrainOf(silo, node).Begin(new NodeDrain { OneAtATime = random.Chance(0.5) }));
        for (var end = context.Clock.GetUtcNow() + _patience; context.Clock.GetUtcNow() < end && IsOn(node);)
            await context.Delay(_pause);
        await context.Ask(async silo =>
        {
            await DrainOf(silo, node).End();
            return true;
        });
    }

    private bool IsOn(string node) => context.Cluster.Invariants!.Service(service)?.Instances
        .Any(instance => context.Cluster.Invariants.Task(TaskId.OfService(service, instance.Slot, instance.Number))?.Node == node) == true;

    private INodeDrainGrain DrainOf(SimulatedSilo silo, string node) => silo.Engine.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(context.Cluster.Options.Cluster, node));
}
