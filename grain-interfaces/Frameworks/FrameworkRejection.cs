namespace OrleansCluster;

/// <summary>A task that is not even launched, since what is said of it is wrong or cannot be had here.</summary>
/// <param name="Task">As the framework calls it.</param>
/// <param name="Node">Where it was to run; empty where that was not said.</param>
/// <param name="Reason">One sentence for a person.</param>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkRejection")]
public sealed record FrameworkRejection([property: Id(0)] string Task, [property: Id(1)] string Node, [property: Id(2)] string Reason);
