namespace OrleansCluster.Placement;

/// <summary>Which of the nodes that fit is taken.</summary>
public enum TaskPlacementStrategy
{
    /// <summary>The one that has the least left: see <see cref="PlacementEngine"/>.</summary>
    BestFit,

    /// <summary>
    /// The first one from a place that the seed gives, as the schedulers of Omega's paper choose: several of them at the same time seldom want the same node.
    /// </summary>
    Random,
}
