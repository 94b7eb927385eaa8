using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record NetworkEndpoint
{
    /// <summary>The container's address there; empty where it has none.</summary>
    [JsonPropertyName("IPAddress")]
    public string? Address { get; init; }
}
