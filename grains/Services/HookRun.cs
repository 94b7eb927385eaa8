namespace OrleansCluster.Grains.Services;

/// <summary>A hook that a deployment has come to: written before its job is submitted, and kept until that has ended, so whatever crashes in between, the job runs once and none is forgotten.</summary>
/// <param name="Deployment">Its number.</param>
/// <param name="JobId">The same for the same deployment, stage and hook; <see langword="null"/> for an approval.</param>
internal sealed record HookRun(int Deployment, DeploymentHookStage Stage, string Name, string? JobId, DateTimeOffset Since, DateTimeOffset Until)
{
    public HookStatus Status { get; init; }
    public string? Reason { get; init; }

    /// <summary>When it came to its status.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its job has ended, or will never be there.</summary>
    public bool IsOver { get; init; }
}
