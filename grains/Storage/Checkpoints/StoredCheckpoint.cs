namespace OrleansCluster.Grains.Storage.Checkpoints;

public sealed record StoredCheckpoint(CheckpointKey Key, long Size, DateTimeOffset StoredAt);
