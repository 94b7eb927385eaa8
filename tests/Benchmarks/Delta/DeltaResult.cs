namespace OrleansCluster.Benchmarks.Delta;

/// <param name="SnapshotBytes">As Orleans's serializer writes it between silos; null on an engine of one process, which writes nothing.</param>
/// <param name="ApplyMilliseconds">Laying a snapshot out for scanning.</param>
/// <param name="FloorMilliseconds">Filling the same arrays from an array of plain rows.</param>
internal sealed record DeltaResult(
    string Benchmark,
    int Nodes,
    int Changed,
    double SnapshotMilliseconds,
    double ApplyMilliseconds,
    double FloorMilliseconds,
    long? SnapshotBytes,
    double DeltaMilliseconds,
    double ApplyDeltaMilliseconds,
    long? DeltaBytes,
    double CopyMicroseconds);
