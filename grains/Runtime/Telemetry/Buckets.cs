using System.Diagnostics.Metrics;

namespace OrleansCluster.Grains.Runtime.Telemetry;

/// <summary>Bucket boundaries of histograms; what a listener takes by default is meant for milliseconds.</summary>
public static class Buckets
{
    /// <summary>Seconds, of what takes a fraction of a millisecond when all is well.</summary>
    public static InstrumentAdvice<double> Short { get; } = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    /// <summary>Seconds, of what waits for others.</summary>
    public static InstrumentAdvice<double> Long { get; } = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200],
    };

    public static InstrumentAdvice<int> Counts { get; } = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] };
}
