namespace OrleansCluster;

/// <summary>A task for which others have been told to leave and which has not got its place yet.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PreemptionUnderWay")]
public sealed record PreemptionUnderWay([property: Id(0)] PlacementRequest Request, [property: Id(1)] PreemptionPlan Plan);
