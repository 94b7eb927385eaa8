using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record ErrorAnswer
{
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
