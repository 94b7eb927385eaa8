namespace OrleansCluster.Benchmarks.Delta;

internal static class WireSize
{
    /// <summary>In one process nothing is written.</summary>
    public static long? Of<T>(IServiceProvider services, T message) => null;
}
