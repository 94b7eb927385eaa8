using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>Jobs that may have a few instances of a task at a time only.</summary>
internal sealed partial class JobGrain
{
    /// <summary>By which this activation has counted what had been started; <see langword="null"/> where it has to count anew.</summary>
    private ActivationHold? _hold;

    private bool _isLimited;

    /// <summary>
    /// How many there are is known to nobody from messages: another activation may have started some, or this one, without an answer. So the job is taken in the store
    /// first, after which no start counts that anybody has under way, and then its tasks are read.
    /// </summary>
    private async Task<bool> KnowsAllStarted()
    {
        if (_hold is not null || !_isLimited || _job is not { } job)
            return true;
        var hold = new ActivationHold(store, ActivationHold.Job, this.GetPrimaryKeyString(), ids.NewId(16));
        await hold.Take(CancellationToken.None);
        await foreach (var _ in StoredTasks(CancellationToken.None))
        {
        }

        // Where another activation has gone on with the job meanwhile, some were taken into the progress of before.
        if (!ReferenceEquals(job, _job))
            return false;
        _hold = hold;
        return true;
    }

    private async Task StartCounted(ImmutableArray<(int Task, int Index)> instances)
    {
        try
        {
            await Start(instances, queues: true, _hold?.ToCheck());
        }
        catch
        {
            // Some may have been started, or may be yet.
            _hold = null;
            throw;
        }
    }
}
