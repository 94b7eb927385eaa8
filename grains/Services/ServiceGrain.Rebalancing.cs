using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>Moves its tasks to where they are spread evenly.</summary>
internal sealed partial class ServiceGrain
{
    private readonly ClusterNodes _clusterNodes = new();
    private ImmutableArray<ServiceMove> _suggested = [];

    public async Task<Answer<ServiceView>> Rebalance(bool isDry)
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return Missing();
        if (Rebalancer.FieldsOf(record.Spec) is null)
            return Refusal.Conflict($"Service {Name} does not spread its tasks: only a REPLICA service with a placement strategy that begins with spread, or with none, can be rebalanced.");
        if (record.Primary.Status != DeploymentStatus.Completed)
            return Refusal.Conflict($"Service {Name} can be rebalanced when its deployment {record.Primary.Number} is complete; it is {record.Primary.StatusWord}.");
        var nodes = await ReadNodes(CancellationToken.None);
        if (!ReferenceEquals(record, _record))
            return Refusal.Conflict($"Service {Name} has changed meanwhile; try again.");
        var sight = Sight(record);
        var moves = Rebalancer.Suggest(record, sight, nodes);
        ImmutableArray<ServiceMove> shown = [.. moves.Select(move => Rebalancer.ToView(record, move))];
        if (!isDry && !moves.IsEmpty)
        {
            var asked = record with { Rebalancing = record.Rebalancing with { IsAsked = true, NotBefore = null } };
            await Save(record, Rebalancer.Begin(asked, sight, moves), "service.rebalanced");
            LookSoon(TimeSpan.Zero);
        }

        return View() with { SuggestedMoves = shown };
    }

    private Task<IReadOnlyCollection<NodeSnapshot>> ReadNodes(CancellationToken cancellationToken) => _clusterNodes.Read(grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(Cluster)), cancellationToken);

    private ServicePlan Rebalanced(ServicePlan plan, IReadOnlyCollection<NodeSnapshot> nodes)
    {
        var record = plan.Record;
        var sight = Sight(record);
        var moves = Rebalancer.Suggest(record, sight, nodes);
        _suggested = [.. moves.Select(move => Rebalancer.ToView(record, move))];
        return plan with { Record = Rebalancer.Begin(record, sight, moves) };
    }

    /// <summary>Nothing is kept of what nobody asks for.</summary>
    private ServicePlan NotRebalanced(ServicePlan plan)
    {
        _clusterNodes.Clear();
        _suggested = [];
        return plan;
    }

    private ServiceSight Sight(ServiceRecord record) => new(record.Spec, _tasks, _leaving.Numbers(), clock.GetUtcNow());
}
