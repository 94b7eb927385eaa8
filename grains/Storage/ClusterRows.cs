using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage;

public sealed record ClusterRows(ImmutableArray<NodeRow> Nodes, ImmutableArray<ClaimRow> Claims);
