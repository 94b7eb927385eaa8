namespace OrleansCluster.Benchmarks.Launch;

/// <summary>Medians over the rounds; the ratio is the median of the rounds' own ratios, each of two measurements that follow one another.</summary>
internal sealed record LaunchResult(string Benchmark, double LaunchesPerSecond, double FloorPerSecond, double Ratio);
