namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>One node at one ETag, for schedulers and for its agent.</summary>
internal sealed record NodePublication(NodeSnapshot Snapshot, NodeClaims Claims);
