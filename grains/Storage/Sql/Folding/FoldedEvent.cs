namespace OrleansCluster.Grains.Storage.Sql.Folding;

internal sealed record FoldedEvent(string Cluster, EventDraft Draft);
