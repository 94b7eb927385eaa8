using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Testing.Faults;
using OrleansCluster.Testing.Kernel;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Storage;

/// <summary>
/// The one database behind all silos. A write that was sent is written or not whatever becomes of its silo, and the answer may be lost, late or wrong
/// in the one way that a database's may be: that a write failed although it was, or will be, written.
/// </summary>
internal sealed class SimulatedDatabase(World world, Edges edges, Func<FaultRates> faults)
{
    private static readonly TimeSpan _fastest = TimeSpan.FromMicroseconds(200);
    private static readonly TimeSpan _usual = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _slowest = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(3);

    public InMemoryStore Store { get; } = new(world.Time);

    /// <summary>The bytes of checkpoints.</summary>
    public InMemoryCheckpointStore Checkpoints { get; } = new(world.Time);

    /// <summary>Nobody reaches it.</summary>
    public bool IsAway { get; set; }

    /// <summary>Called after each unit that was written.</summary>
    public event Action<CommitUnit>? Written;

    public Task<CommitResult> Commit(SimulatedSilo silo, CommitUnit unit, ref TimeSpan lastWrite)
    {
        var answer = new TaskCompletionSource<CommitResult>();
        if (!IsReachable(silo))
        {
            Fail(answer, _connectTimeout);
            return answer.Task;
        }

        var arrival = edges.Writes(silo, unit) ? Slow() : Delay();
        var fault = Draw();
        if (fault is { } kind)
        {
            world.Counts.Add(kind);
            world.Trace.Add($"{kind}: {silo.Id}, {Describe(unit)}");
        }

        switch (fault)
        {
            case FaultKind.WriteFailed:
                Fail(answer, arrival);
                break;
            case FaultKind.WriteLate:
                Fail(answer, arrival);
                world.After(arrival + world.Random.Between(_usual, _slowest), () => Apply(unit));
                break;
            case FaultKind.WriteUncertain:
                world.AfterInOrder(ref lastWrite, arrival, () =>
                {
                    Apply(unit);
                    Fail(answer, Delay());
                });
                break;
            default:
                world.AfterInOrder(ref lastWrite, arrival, () => WriteAndAnswer(unit, answer));
                break;
        }

        return answer.Task;
    }

    /// <summary>What the store holds at one moment between the question and the answer.</summary>
    /// <param name="isSlow">The answer takes long.</param>
    public Task<T> Read<T>(SimulatedSilo silo, Func<ITransactionalStore, Task<T>> read, bool isSlow = false)
    {
        var answer = new TaskCompletionSource<T>();
        if (!IsReachable(silo))
        {
            Fail(answer, _connectTimeout);
        }
        else if (world.Random.Chance(faults().ReadFailed))
        {
            world.Counts.Add(FaultKind.ReadFailed);
            Fail(answer, Delay());
        }
        else
        {
            world.After(Delay(), () =>
            {
                if (IsAway)
                {
                    Fail(answer, _usual);
                    return;
                }

                // The store in memory answers before it returns.
                var found = read(Store);
                world.After(isSlow ? Slow() : Delay(), () => answer.TrySetFromTask(found));
            });
        }

        return answer.Task;
    }

    /// <summary>A write of checkpoints: done or not, and told so or not.</summary>
    public Task Change(SimulatedSilo silo, Func<ICheckpointStore, Task> write)
    {
        var answer = new TaskCompletionSource<bool>();
        if (!IsReachable(silo))
        {
            Fail(answer, _connectTimeout);
            return answer.Task;
        }

        var fault = Draw();
        world.After(Delay(), () =>
        {
            if (IsAway || fault == FaultKind.WriteFailed)
            {
                Fail(answer, _usual);
                return;
            }

            // In memory: over before it returns.
            _ = write(Checkpoints);
            if (fault is null)
                world.After(Delay(), () => answer.TrySetResult(true));
            else
                Fail(answer, Delay());
        });
        return answer.Task;
    }

    public Task<ImmutableArray<StateRow>> List(SimulatedSilo silo, StateQuery query) =>
        Read(silo, store => store.ListStates(query, CancellationToken.None), edges.Lists(silo, query));

    public Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken) =>
        Store.WaitForEvents(cluster, after, longest, cancellationToken);

    public int CountActiveNodes(string cluster) =>
        Store.ReadCluster(cluster, CancellationToken.None).GetAwaiter().GetResult().Nodes.Count(node => node.Status == NodeStatus.Active);

    private bool IsReachable(SimulatedSilo silo) => !IsAway && silo.Host.ReachesStore;

    private void WriteAndAnswer(CommitUnit unit, TaskCompletionSource<CommitResult> answer)
    {
        if (IsAway)
        {
            Fail(answer, _usual);
            return;
        }

        var result = Apply(unit);
        world.After(Delay(), () => answer.TrySetFromTask(result));
    }

    private Task<CommitResult> Apply(CommitUnit unit)
    {
        var result = Store.Commit(unit, CancellationToken.None);
        if (result.GetAwaiter().GetResult() is { IsCommitted: false } refused)
        {
            world.Trace.Detail(() => $"conflict: {Describe(unit)}: {refused.Conflict}");
            return result;
        }

        world.Trace.Detail(() => $"written: {Describe(unit)}: {string.Join("; ", unit.Events.Select(e => $"{e.Type} {e.Json}"))}");
        Written?.Invoke(unit);
        return result;
    }

    private FaultKind? Draw()
    {
        if (world.Random.Chance(faults().WriteFailed))
            return FaultKind.WriteFailed;
        if (world.Random.Chance(faults().WriteUncertain))
            return FaultKind.WriteUncertain;
        return world.Random.Chance(faults().WriteLate) ? FaultKind.WriteLate : null;
    }

    private TimeSpan Delay()
    {
        if (!world.Random.Chance(faults().StoreSlow))
            return world.Random.Between(_fastest, _usual);
        return Slow();
    }

    private TimeSpan Slow()
    {
        world.Counts.Add(FaultKind.StoreSlow);
        return world.Random.Between(_usual, _slowest);
    }

    private void Fail<T>(TaskCompletionSource<T> answer, TimeSpan after) =>
        world.After(after, () => answer.TrySetException(new StoreUnavailableException("The simulated database does not answer.", null)));

    private static string Describe(CommitUnit unit) => string.Join(
        ", ",
        [
            .. unit.States.Select(state => $"{state.Kind} {state.Key}"),
            .. unit.Nodes.Select(node => $"node {node.Row.Node}"),
            .. unit.ClaimsAdded.Select(claim => $"+{claim.Claim.Id}"),
            .. unit.ClaimsRemoved.Select(claim => $"-{claim}"),
        ]);
}
