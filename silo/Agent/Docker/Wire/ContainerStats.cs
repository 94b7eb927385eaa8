using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record ContainerStats
{
    [JsonPropertyName("read")] public DateTimeOffset Read { get; init; }
    [JsonPropertyName("cpu_stats")] public CpuStats Cpu { get; init; } = new();
    [JsonPropertyName("memory_stats")] public MemoryStats Memory { get; init; } = new();

    internal sealed record CpuStats
    {
        [JsonPropertyName("cpu_usage")] public CpuUsage Usage { get; init; } = new();
    }

    internal sealed record CpuUsage
    {
        /// <summary>Nanoseconds.</summary>
        [JsonPropertyName("total_usage")] public ulong Total { get; init; }
    }

    internal sealed record MemoryStats
    {
        /// <summary>Bytes, the file cache among them; nothing for a container that does not run.</summary>
        [JsonPropertyName("usage")] public ulong? Usage { get; init; }

        /// <summary>As the kernel names them, which is otherwise in either version of control groups.</summary>
        [JsonPropertyName("stats")] public ImmutableDictionary<string, ulong>? Stats { get; init; }
    }
}
