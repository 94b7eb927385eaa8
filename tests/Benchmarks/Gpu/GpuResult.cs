using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Gpu;

internal sealed record GpuResult(ImmutableArray<GpuRow> Rows);
