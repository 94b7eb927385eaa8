using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record DaemonInfo
{
    /// <summary>Of the daemon's storage: another folder has another.</summary>
    [JsonPropertyName("ID")]
    public string Id { get; init; } = "";

    [JsonPropertyName("NCPU")]
    public int Cpus { get; init; }

    /// <summary>Bytes.</summary>
    public long MemTotal { get; init; }
    public string? DockerRootDir { get; init; }

    /// <summary><c>1</c> or <c>2</c>.</summary>
    public string? CgroupVersion { get; init; }
}
