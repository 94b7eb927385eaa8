namespace OrleansCluster.Grains.Storage;

/// <summary>A state that has to be at an ETag for a unit to be written, and is not written itself.</summary>
public sealed record StateCheck(string Kind, string Key, long ETag);
