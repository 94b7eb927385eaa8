using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Takes nodes out of service and back into it.</summary>
internal sealed class Operator(WorkloadContext context, SeededRandom random, bool draws)
{
    public bool HasFinished { get; private set; }

    public async Task Run()
    {
        while (draws && !context.IsFinishing)
        {
            await context.Delay(random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40)));
            var node = random.Pick(context.Cluster.Hosts.ToList()).Name;
            if (context.Focus.Drains)
            {
                await Drain(node);
                continue;
            }

            await Set(node, NodeStatus.Active, NodeStatus.Draining);
            await context.Delay(random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));
            await Set(node, NodeStatus.Draining, NodeStatus.Active);
        }

        HasFinished = true;
    }

    private async Task Drain(string node)
    {
        var drain = new NodeDrain { Deadline = random.Below(20), OneAtATime = random.Chance(0.5) };
        context.Cluster.World.Trace.Add($"the operator drains node {node}");
        await context.Ask(silo => DrainOf(silo, node).Begin(drain));
        await context.Delay(random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
        await context.Ask(async silo =>
        {
            await DrainOf(silo, node).End();
            return true;
        });
    }

    private INodeDrainGrain DrainOf(SimulatedSilo silo, string node) => silo.Engine.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(context.Cluster.Options.Cluster, node));

    private Task Set(string node, NodeStatus from, NodeStatus to) => context.Ask(async silo =>
    {
        // A node that is lost is not brought back by an operator.
        var state = silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(context.Cluster.Options.Cluster));
        if ((await state.ReadNode(node))?.Status != from)
            return false;
        context.Cluster.World.Trace.Add($"the operator sets node {node} to {to}");
        await state.SetNodeStatus(node, to);
        return true;
    });
}
