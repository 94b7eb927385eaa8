namespace OrleansCluster;

/// <summary>A hook of the newest deployment as the API shows it, from when the deployment has come to its stage.</summary>
[GenerateSerializer, Immutable, Alias("ocs.HookView")]
public sealed record HookView
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required DeploymentHookStage Stage { get; init; }
    [Id(2)] public required HookStatus Status { get; init; }

    /// <summary>The job that runs it; <see langword="null"/> for one that waits for an approval.</summary>
    [Id(3)] public string? JobId { get; init; }
    [Id(4)] public required DateTimeOffset Since { get; init; }

    /// <summary>It has failed where it has not succeeded by then.</summary>
    [Id(5)] public required DateTimeOffset Until { get; init; }
    [Id(6)] public string? Reason { get; init; }
}
