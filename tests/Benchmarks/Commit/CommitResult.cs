namespace OrleansCluster.Benchmarks.Commit;

/// <summary>Medians over the rounds; the ratio is the median of the rounds' own ratios.</summary>
internal sealed record CommitResult(
    string Benchmark, string Store, int Schedulers, int Batch, double ClaimsPerSecond, double P99Milliseconds, double FloorPerSecond, double Ratio);
