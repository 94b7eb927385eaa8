namespace OrleansCluster.Benchmarks.Figures;

internal static class Machine
{
    public static string Description =>
        $"machine: {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}";
}
