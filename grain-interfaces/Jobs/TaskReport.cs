namespace OrleansCluster;

/// <summary>What a task tells its job when its state has changed; merged by (attempt, state).</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskReport")]
public sealed record TaskReport
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required int Index { get; init; }
    [Id(2)] public required int Attempt { get; init; }
    [Id(3)] public required TaskState State { get; init; }
    [Id(4)] public required bool Succeeded { get; init; }
}
