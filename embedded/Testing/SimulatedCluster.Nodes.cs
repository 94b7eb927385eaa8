using System.Collections.Immutable;
using OrleansCluster.Silo.Agent;

namespace OrleansCluster.Testing;

/// <summary>Nodes, as an operator of the cluster sees them. Each is a host of its own with a silo and an agent.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Adds a host and turns it on; it has joined when this returns, and some virtual time has passed.</summary>
    /// <param name="name">Letters, digits and hyphens, 1 to 63 characters.</param>
    /// <param name="resources">What its tasks may claim: millicores, MiB, MiB; the first two more than 0.</param>
    /// <exception cref="ArgumentException">There is a node of that name, or something is wrong with the name or the amounts; the message lists it.</exception>
    public Task AddNode(string name, Resources resources) => AddNode(name, resources, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>The same for a host with attributes, which constraints can ask for: what the silo's option <c>--attribute</c> sets.</summary>
    /// <param name="name">Letters, digits and hyphens, 1 to 63 characters.</param>
    /// <param name="resources">What its tasks may claim: millicores, MiB, MiB; the first two more than 0.</param>
    /// <param name="attributes">By their names.</param>
    /// <exception cref="ArgumentException">There is a node of that name, or something is wrong with the name, the amounts or the attributes; the message lists it.</exception>
    public Task AddNode(string name, Resources resources, IReadOnlyDictionary<string, string> attributes) => AddNode(name, resources, attributes, _noExtras);

    /// <summary>The same for a host with GPUs and named amounts: what the silo's options <c>--gpu</c> and <c>--amount</c> set.</summary>
    /// <param name="name">Letters, digits and hyphens, 1 to 63 characters.</param>
    /// <param name="resources">What its tasks may claim: millicores, MiB, MiB; the first two more than 0.</param>
    /// <param name="attributes">By their names.</param>
    /// <param name="extras">What its tasks may claim beside that.</param>
    /// <exception cref="ArgumentException">There is a node of that name, or something is wrong with what it is given; the message lists it.</exception>
    public async Task AddNode(string name, Resources resources, IReadOnlyDictionary<string, string> attributes, ExtraCapacity extras)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(extras);
        if (_hosts.ContainsKey(name))
            throw new ArgumentException($"There is a node {name} already.", nameof(name));
        var faults = AgentOptionsValidator.Validate([AgentOf(name, resources, attributes, extras)]);
        if (faults.Length > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults.Select(fault => fault.Message)), nameof(name));
        World.Enter();
        Add(name, resources, attributes, extras).TurnOn();
        await Until(async () => (await GetNode(name))?.Status == NodeStatus.Active, $"node {name} is active");
    }

    /// <returns><see langword="null"/> where no such node has joined.</returns>
    public Task<NodeView?> GetNode(string node) => Ask(silo => silo.Queries.GetNode(Options.Cluster, node, CancellationToken.None));

    /// <summary>All nodes that have ever joined, in the order of their names, without the tasks on them.</summary>
    public async Task<IReadOnlyList<NodeView>> ListNodes() => (await Ask(silo => silo.Queries.ListNodes(Options.Cluster, CancellationToken.None))).Items;

    /// <summary>Takes a node out of service: it runs what it has and is given nothing more, until <see cref="Undrain"/>, also after its host was off.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    /// <exception cref="InvalidOperationException">The node is lost.</exception>
    public Task Drain(string node) => SetStatus(node, NodeStatus.Active, NodeStatus.Draining);

    /// <summary>
    /// Takes a node out of service and moves its tasks elsewhere, as <c>ocs node drain</c> does; <see cref="Activate"/> takes it back. <see cref="NodeView.Drain"/> of
    /// <see cref="GetNode"/> tells when nothing is left.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public async Task Drain(string node, NodeDrain drain)
    {
        Touch(node);
        var answer = await Ask(silo => silo.Engine.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(Options.Cluster, node)).Begin(drain));
        if (!answer.IsAccepted)
            throw new ArgumentException(answer.Refusal.Title, nameof(drain));
    }

    /// <summary>Takes a node back into service, as <c>ocs node activate</c> does.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public async Task Activate(string node)
    {
        Touch(node);
        if (await Ask(silo => silo.Engine.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(Options.Cluster, node)).End()) is { } refusal)
            throw new ArgumentException(refusal.Title, nameof(node));
    }

    /// <summary>Takes a node that was drained back into service.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    /// <exception cref="InvalidOperationException">The node is lost.</exception>
    public Task Undrain(string node) => SetStatus(node, NodeStatus.Draining, NodeStatus.Active);

    private async Task SetStatus(string node, NodeStatus from, NodeStatus to)
    {
        Touch(node);
        World.Trace.Add($"an operator sets node {node} to {to}");
        var before = await Ask(async silo =>
        {
            // What is lost is not brought back by an operator, but by its agent.
            var state = silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Options.Cluster));
            var status = (await state.ReadNode(node))?.Status;
            if (status == from)
                await state.SetNodeStatus(node, to);
            return status;
        });
        if (before != from && before != to)
            throw new InvalidOperationException($"Node {node} is {before}; only one that is {from} becomes {to}.");
    }
}
