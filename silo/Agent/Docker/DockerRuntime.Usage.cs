using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerRuntime
{
    private const int NanosecondsOfTick = 100;

    public async Task<ContainerUsage?> ReadUsage(string id, CancellationToken cancellationToken)
    {
        // One that has ended has figures, too, all of them nothing.
        var stats = await Ask(_docker.ReadStats(id, cancellationToken));
        if (stats is not { Memory.Usage: { } memory })
            return null;
        var cache = Math.Min(memory, CacheOf(stats.Memory.Stats ?? ImmutableDictionary<string, ulong>.Empty));
        return new ContainerUsage(TimeSpan.FromTicks((long)(stats.Cpu.Usage.Total / NanosecondsOfTick)), (long)(memory - cache), stats.Read);
    }

    /// <summary>As <c>docker stats</c> leaves it out.</summary>
    private static ulong CacheOf(ImmutableDictionary<string, ulong> stats) =>
        stats.TryGetValue("total_inactive_file", out var first) ? first : stats.GetValueOrDefault("inactive_file");
}
