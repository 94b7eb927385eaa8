using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Silo.Agent;

/// <summary>
/// Carries observations to the node grain: what has changed since the last report goes out in the next, one report at a time, until it is
/// acknowledged. What waits merges by the greater state, so a task that came and went between two reports costs one entry; and that one runs waits for
/// a moment, since what ends at once need not be written twice.
/// </summary>
internal sealed class AgentReporter(INodeGrain node, AgentLease lease, int batchSize, TimeProvider clock)
{
    /// <summary>What a task that is reported as running may take to end, for both to go in one report.</summary>
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _waiting = [];
    private readonly Queue<string> _order = [];
    private readonly Queue<(string Id, long Since)> _resting = [];
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
        await _offered.Wait(Rest(), cancellationToken);
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

    /// <summary>How long until the first of those that wait for a moment has done so.</summary>
    private TimeSpan Rest()
    {
        lock (_lock)
        {
            while (_resting.TryPeek(out var gone) && !(_waiting.TryGetValue(gone.Id, out var entry) && entry.IsResting))
                _resting.Dequeue();
            if (!_resting.TryPeek(out var first))
                return Timeout.InfiniteTimeSpan;
            var rest = _moment - clock.GetElapsedTime(first.Since);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    private ImmutableArray<Entry> Take()
    {
        lock (_lock)
        {
            while (_resting.TryPeek(out var first) && clock.GetElapsedTime(first.Since) >= _moment)
            {
                _resting.Dequeue();
                if (_waiting.TryGetValue(first.Id, out var rested) && rested.IsResting)
                    Enqueue(first.Id, rested with { IsResting = false });
            }

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
        var id = entry.From.Id;
        lock (_lock)
        {
            var isWaiting = _waiting.TryGetValue(id, out var waiting);
            if (isWaiting && (waiting!.Observation.State > entry.Observation.State || waiting.Number > entry.Number))
                return;
            if (isWaiting && !waiting!.IsResting)
            {
                _waiting[id] = entry;
            }
            else if (entry.Observation.State != TaskState.Running)
            {
                Enqueue(id, entry);
            }
            else
            {
                _waiting[id] = entry with { IsResting = true };
                if (!isWaiting)
                    _resting.Enqueue((id, clock.GetTimestamp()));
            }
        }
    }

    private void Enqueue(string id, Entry entry)
    {
        _order.Enqueue(id);
        _waiting[id] = entry;
    }

    /// <param name="IsResting">It is not in the order yet.</param>
    private sealed record Entry(TaskSupervisor From, TaskObservation Observation, long Number, bool IsResting = false);
}
