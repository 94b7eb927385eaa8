using System.Collections.Immutable;
using System.Diagnostics;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>Units as schedulers commit them: each takes some claims on some nodes, writes their tasks' states and tells of them.</summary>
internal sealed class ClaimLoad(string name, int units, int claimsEach)
{
    private const int NodesEach = 8;
    private const int InFlight = 256;

    /// <summary>Answers claims per second.</summary>
    public async Task<double> Run(ITransactionalStore store)
    {
        var made = Enumerable.Range(0, units).Select(Unit).ToArray();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(made, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (unit, never) =>
            Assert.Null((await store.Commit(unit, never)).Conflict));
        return units * claimsEach / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The nodes of a unit are its own: what is measured is writing, not who wins.</summary>
    public CommitUnit Unit(int unit) => Rows.Unit with
    {
        Nodes = [.. Enumerable.Range(0, Math.Min(NodesEach, claimsEach)).Select(i => Rows.Node($"{name}-{unit}-{i}", 0, new Resources(250, 128, 0)))],
        ClaimsAdded = Claims(unit),
        States = [.. Claims(unit).Select(row => Rows.State(row.Claim.Id, 0, $$"""{"task":"{{row.Claim.TaskId}}","node":"{{row.Claim.Node}}","status":"PENDING"}""", new StateIndex(Rows.Cluster, $"{name}{unit}", "PENDING", true)))],
        Events = [.. Claims(unit).Select(row => Rows.Event(row.Claim.TaskId))],
    };

    private ImmutableArray<ClaimRow> Claims(int unit) =>
        [.. Enumerable.Range(0, claimsEach).Select(i => Rows.Claim($"{name}{unit}.a.{i}", $"{name}-{unit}-{i % NodesEach}"))];
}
