using System.Collections.Immutable;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Storage;

/// <summary>One silo's way to the bytes of checkpoints, which are in the one database: each call takes its time, and fails as that one's do.</summary>
internal sealed class SiloCheckpoints(SimulatedDatabase database, SimulatedSilo silo) : ICheckpointStore
{
    public string Description => "the simulated database";

    public long LargestSize => database.Checkpoints.LargestSize;

    public Task Put(CheckpointKey key, Stream content, CancellationToken cancellationToken)
    {
        // Read now: it goes with the process that sent it.
        var copy = new MemoryStream();
        content.CopyTo(copy);
        return database.Change(silo, checkpoints =>
        {
            copy.Position = 0;
            return checkpoints.Put(key, copy, CancellationToken.None);
        });
    }

    public Task<Stream?> Get(CheckpointKey key, CancellationToken cancellationToken) =>
        database.Read(silo, _ => database.Checkpoints.Get(key, CancellationToken.None));

    public Task Delete(CheckpointKey key, CancellationToken cancellationToken) =>
        database.Change(silo, checkpoints => checkpoints.Delete(key, CancellationToken.None));

    public Task<ImmutableArray<StoredCheckpoint>> List(string cluster, string after, int limit, CancellationToken cancellationToken) =>
        database.Read(silo, _ => database.Checkpoints.List(cluster, after, limit, CancellationToken.None));
}
