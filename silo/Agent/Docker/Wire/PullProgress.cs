using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record PullProgress
{
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }
}
