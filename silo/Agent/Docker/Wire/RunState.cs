using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record RunState
{
    /// <summary><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c> or <c>dead</c>.</summary>
    public required string Status { get; init; }
    public int ExitCode { get; init; }

    [JsonPropertyName("OOMKilled")]
    public bool OutOfMemory { get; init; }

    /// <summary>Why it could not be started; the status stays <c>created</c> then.</summary>
    public string? Error { get; init; }
    public HealthState? Health { get; init; }
    public int Pid { get; init; }

    /// <summary>The year 1 when it has not been.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The year 1 when it has not.</summary>
    public DateTimeOffset FinishedAt { get; init; }
}
