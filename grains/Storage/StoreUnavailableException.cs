namespace OrleansCluster.Grains.Storage;

/// <summary>The database failed while writing or reading. A write may or may not have happened: re-read, never guess.</summary>
[GenerateSerializer, Alias("ocs.StoreUnavailableException")]
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
