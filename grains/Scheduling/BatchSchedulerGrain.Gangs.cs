using System.Collections.Immutable;
using OrleansCluster.Placement;
using OrleansCluster.Placement.Gangs;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>What starts together is queued, committed and taken out of the queue together.</summary>
internal sealed partial class BatchSchedulerGrain
{
    private void Add(ImmutableArray<PlacementRequest> requests)
    {
        for (var i = 0; i < requests.Length; i++)
        {
            if (requests[i].Gang is null)
            {
                _queue.Add(requests[i]);
                continue;
            }

            var end = GangRun.EndOf(requests, i);
            _queue.AddGang(requests[i..end]);
            i = end - 1;
        }
    }

    /// <summary>One for what stands alone, claim by claim, and one for each gang, all or nothing. What has no node is parked.</summary>
    private List<ClaimTransaction> ToTransactions(ImmutableArray<PlacementRequest> batch, ImmutableArray<PlacementDecision> decisions)
    {
        var transactions = new List<ClaimTransaction>();
        var alone = ImmutableArray.CreateBuilder<ClaimRequest>();
        for (var i = 0; i < batch.Length; i++)
        {
            if (!decisions[i].IsPlaced)
            {
                _queue.Park(batch[i].TaskId);
            }
            else if (batch[i].Gang is null)
            {
                alone.Add(ToClaim(i));
            }
            else
            {
                var end = GangRun.EndOf(batch, i);
                transactions.Add(ToTransaction([.. Enumerable.Range(i, end - i).Select(ToClaim)], CommitMode.AllOrNothing));
                i = end - 1;
            }
        }

        if (alone.Count > 0)
            transactions.Insert(0, ToTransaction(alone.DrainToImmutable(), CommitMode.Incremental));
        return transactions;

        ClaimRequest ToClaim(int i) => ClaimRequest.Of(batch[i], decisions[i].Node!, decisions[i].NodeETag);
    }

    private ClaimTransaction ToTransaction(ImmutableArray<ClaimRequest> claims, CommitMode mode) => new()
    {
        Scheduler = Name,
        TransactionId = ids.NewId(12),
        DecidedOn = _version,
        Mode = mode,
        Claims = claims,
    };

    /// <summary>
    /// What has its node waits no longer. A gang of which not all is answered as committed stays whole: it was refused, or some of it has ended meanwhile, and then
    /// its job sends its next attempt.
    /// </summary>
    private void Dequeue(ClaimTransaction transaction, ImmutableArray<ClaimOutcome> outcomes)
    {
        if (transaction.Mode == CommitMode.AllOrNothing && outcomes.Any(outcome => !outcome.IsCommitted))
            return;
        foreach (var outcome in outcomes)
        {
            if (outcome.IsCommitted && _queue.Find(outcome.TaskId)?.Attempt == outcome.Attempt)
                _queue.Remove(outcome.TaskId);
        }
    }
}
