using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Silo.Agent;

/// <summary>
/// Carries observations to the node grain: what has changed since the last report goes out in the next, one report at a time, until it is
/// acknowledged. What waits merges by the greater state, so a task that came and went between two reports costs one entry.
/// </summary>
internal sealed class AgentReporter(INodeGrain node, AgentLease lease, int batchSize, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _waiting = [];
    private readonly Queue<string> _order = [];
    private readonly Signal _offered = new(clock);
    private long _number;

    public void Offer(TaskSupervisor from, TaskObservation observation)
    {
        Merge(new Entry(from, observation, Interlocked.Increment(ref _number)));
        _offered.Set();
    }

    /// <summary>One step of the loop that reports.</summary>
    public async Task Send(CancellationToken cancellationToken)
    {
        await _offered.Wait(Timeout.InfiniteTimeSpan, cancellationToken);
        var session = await lease.Session(cancellationToken);
        while (Take() is { IsEmpty: false } batch)
        {
            if (!await Send(session, batch, cancellationToken))
                return;
        }
    }

    private async Task<bool> Send(AgentSession session, ImmutableArray<Entry> batch, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Ended);
            var directives = await node.Report(session.Id, [.. batch.Select(entry => entry.Observation)]).WaitAsync(either.Token);
            if (directives.Length != batch.Length)
            {
                lease.Drop(session);
                return false;
            }

            isDone = true;
            for (var i = 0; i < batch.Length; i++)
                batch[i].From.Answered(session, batch[i].Observation.State, directives[i]);
            return true;
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            if (!isDone)
                PutBack(batch);
        }
    }

    private ImmutableArray<Entry> Take()
    {
        lock (_lock)
        {
            var batch = ImmutableArray.CreateBuilder<Entry>(Math.Min(batchSize, _order.Count));
            while (batch.Count < batchSize && _order.TryDequeue(out var id))
            {
                _waiting.Remove(id, out var entry);
                batch.Add(entry!);
            }

            return batch.ToImmutable();
        }
    }

    private void PutBack(ImmutableArray<Entry> batch)
    {
        foreach (var entry in batch)
            Merge(entry);
        _offered.Set();
    }

    private void Merge(Entry entry)
    {
        var id = entry.From.Claim.Id;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(id, out var waiting))
                _order.Enqueue(id);
            else if (waiting.Observation.State > entry.Observation.State || waiting.Number > entry.Number)
                return;
            _waiting[id] = entry;
        }
    }

    private sealed record Entry(TaskSupervisor From, TaskObservation Observation, long Number);
}
