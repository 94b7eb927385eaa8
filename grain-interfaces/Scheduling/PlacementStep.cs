namespace OrleansCluster;

/// <summary>
/// One of ECS's placement strategies. They are chained: each leaves the best of the nodes that the one before has left, and best fit decides among the
/// last. The type is not called a strategy since Orleans has one of that name.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.PlacementStep")]
public sealed record PlacementStep
{
    /// <summary><c>spread</c> over the values of a field, <c>binpack</c> by a resource, <c>random</c>, or <c>fgd</c> by what GPU is left for others.</summary>
    [Id(0)] public required PlacementStepType Type { get; init; }

    /// <summary>For <c>spread</c>: <c>instanceId</c> (or <c>host</c>), or <c>attribute:NAME</c>. For <c>binpack</c>: <c>cpu</c> or <c>memory</c>. <c>random</c> and <c>fgd</c> have none.</summary>
    [Id(1)] public string? Field { get; init; }

    /// <summary>As tables write it.</summary>
    public override string ToString() => Field is null ? Word : $"{Word}({Field})";

    private string Word => Type switch
    {
        PlacementStepType.Spread => "spread",
        PlacementStepType.Binpack => "binpack",
        PlacementStepType.Fgd => "fgd",
        _ => "random",
    };
}
