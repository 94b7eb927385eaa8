using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Conflict;

internal sealed record ConflictResult(string Benchmark, int Nodes, double Hours, ImmutableArray<ConflictRow> Rows);
