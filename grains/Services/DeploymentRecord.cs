using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansCluster.Grains.Services;

/// <summary>What is stored of a deployment.</summary>
internal sealed record DeploymentRecord
{
    public required int Number { get; init; }
    public required int Revision { get; init; }

    /// <summary>As words, so that it can be shown when the revision is forgotten.</summary>
    public required string Definition { get; init; }
    public required DeploymentStrategy Strategy { get; init; }
    public required DeploymentStage Stage { get; init; }
    public required DateTimeOffset StageSince { get; init; }
    public required DeploymentStatus Status { get; init; }
    public string? Reason { get; init; }
    public int? RollbackOf { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Failures of its tasks that are gone.</summary>
    public int FailuresOfGone { get; init; }

    /// <summary>Failures that had come when a task of it was last found healthy.</summary>
    public int FailuresForgiven { get; init; }

    /// <summary>Failures of all its tasks, as they were last seen.</summary>
    public int Failures { get; init; }

    /// <summary>Of a blue/green deployment: requests have gone over to its tasks.</summary>
    public bool HasSwitched { get; init; }

    public bool IsUnderWay => Status == DeploymentStatus.InProgress;

    /// <summary>As the API writes it.</summary>
    [JsonIgnore]
    public string StatusWord => JsonNamingPolicy.SnakeCaseUpper.ConvertName(Status.ToString());

    /// <summary>Nothing more is started for it.</summary>
    [JsonIgnore]
    public bool IsGivenUp => Status is DeploymentStatus.Failed or DeploymentStatus.Stopped;

    public DeploymentRecord To(DeploymentStage stage, DateTimeOffset now) => this with { Stage = stage, StageSince = now };

    public DeploymentRecord End(DeploymentStatus status, string? reason, DateTimeOffset now) =>
        this with { Status = status, Reason = reason, Stage = DeploymentStage.Ended, StageSince = now, EndedAt = now };
}
