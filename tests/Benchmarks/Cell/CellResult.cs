namespace OrleansCluster.Benchmarks.Cell;

/// <param name="PeakMemoryBytes">Of the process, the benchmark's client included: the largest resident set.</param>
internal sealed record CellResult(
    string Benchmark, int Nodes, int Tasks, double TasksPerSecond, double P50SubmitToRunningMilliseconds, double P99SubmitToRunningMilliseconds, long PeakMemoryBytes);
