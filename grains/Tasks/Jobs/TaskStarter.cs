using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>
/// Brings a job's tasks into being, many in one write. Their grains are not asked: each would be activated, read that it is not there, and write for
/// itself, which cost more than all the rest of starting it.
/// </summary>
internal sealed class TaskStarter(ITransactionalStore store, TaskInstruments instruments, TimeProvider clock, IGrainFactory grains)
{
    /// <summary>Durable when it returns. Those that had been started before are answered as they are.</summary>
    /// <param name="check">What the starts rest on. Where it does not hold any more, or one of them had been started before, none is started.</param>
    /// <returns><see langword="null"/> where none was started for that reason.</returns>
    public async Task<ImmutableArray<TaskView>?> Start(string cluster, ImmutableArray<TaskStart> starts, StateCheck? check)
    {
        var now = clock.GetUtcNow();
        ImmutableArray<TaskRecord> tasks = [.. starts.Select(start => TaskTransitions.Start(start, now))];
        var unit = new CommitUnit
        {
            Cluster = cluster,
            States = [.. tasks.Select(task => ToWrite(cluster, task))],
            Events = [.. tasks.Select(task => TaskEvents.Of(task, IdOf(task.Start), now))],
            Checks = check is null ? [] : [check],
        };
        if (!(await store.Commit(unit, CancellationToken.None)).IsCommitted)
            return check is not null ? null : [.. await Task.WhenAll(starts.Select(start => TaskOf(cluster, start).Start(start)))];
        foreach (var _ in tasks)
            instruments.Started(cluster);

        // After they are stored: who ends either sees them among the stored ones, or is seen here to have ended.
        if (!await TaskOwner.MayStart(store, cluster, starts[0]))
        {
            var stopped = await Task.WhenAll(starts.Select(start => TaskOf(cluster, start).Stop(StopCode.UserInitiated, TaskOwner.NoMore(start))));
            return [.. stopped.Select(answer => answer.Value).OfType<TaskView>()];
        }

        return [.. tasks.Select(task => task.ToView())];
    }

    private ITaskGrain TaskOf(string cluster, TaskStart start) => grains.GetGrain<ITaskGrain>(KeyOf(cluster, start));

    private static StateWrite ToWrite(string cluster, TaskRecord task) =>
        StoredStates.ToWrite(TaskGrainState.Name, KeyOf(cluster, task.Start), expectedETag: 0, new TaskGrainState { Cluster = cluster, Record = task });

    private static string KeyOf(string cluster, TaskStart start) => GrainKeys.Task(cluster, IdOf(start));

    private static string IdOf(TaskStart start) => TaskId.Of(start.JobId, start.Name, start.Index);
}
