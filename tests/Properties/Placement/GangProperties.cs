using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>Batches in which some of the requests are the first of a gang.</summary>
public sealed class GangProperties
{
    private static readonly IComparer<PlacementRequest> _order = Comparer<PlacementRequest>.Create((a, b) => b.Priority.CompareTo(a.Priority));

    private static readonly Gen<(PlacementCase Case, ImmutableArray<PlacementRequest> Requests, int Before)> _cases =
        from plain in Gen.OneOf(Generate.Cases, Generate.CasesWithExtras)
        from sizes in Gen.ArrayOf(Gen.Elements(0, 0, 1, 2, 3, 8), plain.Requests.Length)
        from before in Gen.Choose(0, 40)
        select (plain, Grow(plain.Requests, sizes), before);

    [Fact]
    public void Decide_MixedBatch_PlacesAGangWholeOrNotAtAll() => Check.ForAll(_cases, c =>
    {
        var arrays = ClusterArrays.From(c.Case.Snapshot);
        var decisions = Decide(arrays, c);

        Assert.Equal(c.Requests, decisions.Select(decision => decision.Request));
        Assert.All(decisions.Where(decision => decision.Request.Gang is not null).GroupBy(decision => decision.Request.Gang), gang =>
            Assert.Single(gang.Select(decision => decision.IsPlaced).Distinct()));

        // All of it fits together, taken one by one on a fresh copy.
        var check = arrays.Copy();
        foreach (var decision in decisions.Where(decision => decision.IsPlaced))
        {
            Assert.Null(check.Check(decision.NodeIndex, decision.Request));
            check.Take(decision.NodeIndex, decision.Request);
        }
    });

    /// <summary>Its tasks want the same, so where one by one they all fit, they do as a gang, and where they do not, the explanation says how many do.</summary>
    [Fact]
    public void Decide_OneGang_IsPlacedWhereItsTasksAllFitOneByOne() => Check.ForAll(_cases.Where(c => c.Requests.Any(request => request.Gang is not null)), c =>
    {
        ImmutableArray<PlacementRequest> gang = [.. c.Requests.Where(request => request.Gang == c.Requests.First(other => other.Gang is not null).Gang)];
        var arrays = ClusterArrays.From(c.Case.Snapshot);
        var alone = PlacementEngine.Decide(arrays.Copy(), [.. gang.Select(request => request with { Gang = null, GangSize = 0 })], c.Case.Seed);
        var together = PlacementEngine.Decide(arrays.Copy(), gang, c.Case.Seed);

        Assert.Equal(alone.All(decision => decision.IsPlaced), together.All(decision => decision.IsPlaced));
        if (alone.Count(decision => decision.IsPlaced) is var fits && fits > 0 && fits < gang.Length)
            Assert.StartsWith($"its gang of {gang.Length} fits only {fits} at a time; ", together[0].Explanation!.Summary, StringComparison.Ordinal);
    });

    private static ImmutableArray<PlacementDecision> Decide(ClusterArrays arrays, (PlacementCase Case, ImmutableArray<PlacementRequest> Requests, int Before) c)
    {
        var first = c.Case.Requests.FirstOrDefault();
        return first is null || c.Before % 2 == 0
            ? Backfill.Decide(arrays, c.Requests, first: null, _order, [], c.Case.Seed)
            : Backfill.Decide(arrays, c.Requests, first with { TaskId = "parked" }, Math.Min(c.Before, c.Requests.Length), [], c.Case.Seed);
    }

    private static ImmutableArray<PlacementRequest> Grow(ImmutableArray<PlacementRequest> requests, int[] sizes) =>
    [
        .. requests.SelectMany((request, i) => sizes[i] == 0
            ? [request with { Priority = -i }]
            : Enumerable.Range(0, sizes[i]).Select(member => request with { TaskId = $"{request.TaskId}.{member}", Gang = request.TaskId, GangSize = sizes[i], Priority = -i })),
    ];
}
