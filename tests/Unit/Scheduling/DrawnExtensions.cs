using System.Collections.Immutable;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Tests.Unit.Scheduling;

internal static class DrawnExtensions
{
    /// <summary>What a queue gives where nobody has declared teams and nothing is claimed.</summary>
    public static ImmutableArray<PlacementRequest> Drawn(this PlacementQueue queue, int most) =>
        queue.Draw(most, new FairDraw(new TeamBook(), new ResourceTotals(1000, 1000, 1000, 0), new ResourceTotals(1000, 1000, 1000, 0))).Batch;
}
