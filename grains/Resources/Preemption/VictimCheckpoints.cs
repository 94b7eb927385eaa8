using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Checkpoints;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>
/// Looks up the newest checkpoints of those who may have to leave. They are in the tasks' own records, which are read when it comes to that: in the claims every
/// checkpoint of every task would be a write of the committer's.
/// </summary>
internal sealed class VictimCheckpoints(ITransactionalStore store, string cluster)
{
    /// <summary>Records that are read for one question.</summary>
    public const int MostRead = 256;

    private const int MostLookedAt = 4096;
    private const int ReadAtOnce = 32;
    private const int MostKnown = 4096;

    /// <summary>Whether definitions name a directory; tasks of those that do not need not be asked. A revision never changes.</summary>
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <returns>When they were taken, by the claims' ids. Of more claims than are read, those that have run longest are: they have the most to lose.</returns>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> Read(IEnumerable<Claim> claims)
    {
        var taken = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var unread = claims.Where(claim => claim.ClaimedAt is not null).OrderBy(claim => claim.ClaimedAt).ThenBy(claim => claim.Id, StringComparer.Ordinal).Take(MostLookedAt).ToList();
        try
        {
            for (var read = 0; read < MostRead && Next(unread) is { IsEmpty: false } batch; read += batch.Length)
            {
                var found = await Task.WhenAll(batch.Select(claim => NewestCheckpoint.Read(store, cluster, claim.TaskId, claim.Attempt, CancellationToken.None)));
                foreach (var (claim, newest) in batch.Zip(found))
                    Learn(claim, newest, taken);
            }
        }
        catch (StoreUnavailableException)
        {
            // Without them the time since the claim counts, and the plan is advice anyway.
        }

        return taken;
    }

    private void Learn(Claim claim, NewestCheckpoint? newest, Dictionary<string, DateTimeOffset> taken)
    {
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[claim.Definition] = newest is not null;
        if (newest?.TakenAt is { } at)
            taken[claim.Id] = at;
    }

    /// <summary>Of a definition that is not known only one: it tells for all of them.</summary>
    private ImmutableArray<Claim> Next(List<Claim> unread)
    {
        unread.RemoveAll(claim => _known.TryGetValue(claim.Definition, out var namesDirectory) && !namesDirectory);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<Claim> batch = [.. unread.Where(claim => _known.ContainsKey(claim.Definition) || unknown.Add(claim.Definition)).Take(ReadAtOnce)];
        var taken = new HashSet<Claim>(batch, ReferenceEqualityComparer.Instance);
        unread.RemoveAll(taken.Contains);
        return batch;
    }
}
