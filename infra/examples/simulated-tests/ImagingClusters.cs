using OrleansCluster;
using OrleansCluster.Testing;

namespace ImagePipeline;

/// <summary>Clusters in memory for the tests here: three nodes with room for two renderings each.</summary>
internal static class ImagingClusters
{
    private static readonly Resources _node = new(Cpu: 2000, Memory: 4096, Disk: 0);

    public static async Task<SimulatedCluster> Start(ulong seed, SimulationOptions? options = null)
    {
        // The job file stays as it is; how long its programs take is said here.
        options = (options ?? new SimulationOptions()) with { Program = launch => launch.Spec.Name == "render" ? "sleep 20" : "sleep 2" };
        var cluster = SimulatedCluster.Create(seed, options);
        foreach (var name in new[] { "alpha", "beta", "gamma" })
            await cluster.AddNode(name, _node);
        return cluster;
    }
}
