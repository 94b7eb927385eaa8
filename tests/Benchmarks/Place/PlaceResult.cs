namespace OrleansCluster.Benchmarks.Place;

/// <summary>Medians over the rounds; the ratio is the median of the rounds' own ratios.</summary>
internal sealed record PlaceResult(string Benchmark, int Nodes, bool HasConstraints, bool IsSpread, bool HasGpus, double DecisionsPerSecond, double FloorPerSecond, double Ratio);
