namespace OrleansCluster;

/// <summary>A task of a service that would be better elsewhere.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceMove")]
public readonly record struct ServiceMove([property: Id(0)] string TaskId, [property: Id(1)] string From, [property: Id(2)] string To);
