namespace OrleansCluster.Grains.Storage;

public sealed record StateRow(string Kind, string Key, long ETag, StateIndex Index, string Json);
