namespace OrleansCluster;

/// <summary>What a node must be like for a task to go there, in ECS's form.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PlacementConstraint")]
public sealed record PlacementConstraint
{
    /// <summary><c>memberOf</c> a set of nodes that an expression names, or <c>distinctInstance</c>: no other task of its group is on the node.</summary>
    [Id(0)] public required PlacementConstraintType Type { get; init; }

    /// <summary>In ECS's cluster query language, such as <c>attribute:zone == a</c>; only with <c>memberOf</c>.</summary>
    [Id(1)] public string? Expression { get; init; }

    /// <summary>As explanations and tables write it.</summary>
    public override string ToString() => Type == PlacementConstraintType.MemberOf ? $"memberOf({Expression})" : "distinctInstance";
}
