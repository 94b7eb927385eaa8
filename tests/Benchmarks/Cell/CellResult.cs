namespace OrleansCluster.Benchmarks.Cell;

/// <param name="CpuMicrosecondsOfTask">Of the process, the benchmark's client included; other work on the machine changes it less than the rate.</param>
/// <param name="PeakMemoryBytes">Of the process, the benchmark's client included: the largest resident set.</param>
internal sealed record CellResult(
    string Benchmark,
    int Nodes,
    int Tasks,
    double TasksPerSecond,
    double CpuMicrosecondsOfTask,
    long AllocatedBytesOfTask,
    double P50SubmitToRunningMilliseconds,
    double P99SubmitToRunningMilliseconds,
    long PeakMemoryBytes);
