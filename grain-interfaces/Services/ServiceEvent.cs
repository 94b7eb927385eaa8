namespace OrleansCluster;

/// <summary>Something that happened to a service; the newest 100 are kept.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceEvent")]
public sealed record ServiceEvent
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required string Message { get; init; }
}
