using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record EventActor
{
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>The container's labels among others.</summary>
    public Dictionary<string, string>? Attributes { get; init; }
}
