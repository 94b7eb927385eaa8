using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster;

namespace ImagePipeline;

/// <summary>
/// A scheduler of one's own: everything goes to the first node by name that it fits on, so that the last ones stay empty and can be turned off. It decides on a
/// snapshot, without a lock; whether that still holds is settled when its claims are committed.
/// </summary>
public sealed class FirstNodeScheduler(IGrainFactory grains, string cluster)
{
    private int _transactions;

    private IClusterStateGrain State => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(cluster));

    public Task<ClusterDelta> Look() => State.Read(ClusterVersion.None, TimeSpan.Zero, CancellationToken.None);

    /// <returns>An outcome for each task that fits somewhere on the snapshot; the others are left for the next time.</returns>
    public async Task<ImmutableArray<ClaimOutcome>> Place(IEnumerable<TaskView> waiting, ClusterDelta snapshot)
    {
        var claims = Decide(waiting, snapshot);
        if (claims.IsEmpty)
            return [];
        var transaction = new ClaimTransaction
        {
            Scheduler = "first-node",
            TransactionId = (++_transactions).ToString(CultureInfo.InvariantCulture),
            DecidedOn = snapshot.Version,
            Claims = claims,
        };
        var outcomes = await State.Commit(transaction);

        // The agents learn of their claims by themselves; this only tells the tasks sooner.
        foreach (var outcome in outcomes.Where(outcome => outcome.IsCommitted))
            await grains.GetGrain<ITaskGrain>(GrainKeys.Task(cluster, outcome.TaskId)).Placed(outcome.Attempt, outcome.Node!);
        return outcomes;
    }

    private static ImmutableArray<ClaimRequest> Decide(IEnumerable<TaskView> waiting, ClusterDelta snapshot)
    {
        var active = snapshot.Nodes.Where(node => node.Status == NodeStatus.Active);
        var free = new SortedDictionary<string, Resources>(active.ToDictionary(node => node.Name, node => node.Free), StringComparer.Ordinal);
        var claims = ImmutableArray.CreateBuilder<ClaimRequest>();
        foreach (var task in waiting)
        {
            if (free.FirstOrDefault(node => Fits(task.Resources, node.Value)).Key is not { } node)
                continue;
            free[node] -= task.Resources;
            claims.Add(ClaimRequest.Of(PlacementRequest.Of(task), node, nodeETag: 0));
        }

        return claims.ToImmutable();
    }

    private static bool Fits(Resources wanted, Resources free) => wanted.Cpu <= free.Cpu && wanted.Memory <= free.Memory && wanted.Disk <= free.Disk;
}
