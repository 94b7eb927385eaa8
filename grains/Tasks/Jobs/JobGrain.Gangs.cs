using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>Keeps the instances of a gang together: queued together, in one attempt, and stopped together where one has failed for good.</summary>
internal sealed partial class JobGrain
{
    /// <summary>What each gang has been told last, so that a thousand reports of one step do not have it told a thousand times. A look at the store tells it again.</summary>
    private readonly Dictionary<int, (int Attempt, string Step)> _toldGangs = [];

    /// <summary>Which of the named tasks are gangs: asked at each end of a task, where there may be thousands of them.</summary>
    private ImmutableArray<int> _gangs = [];

    private async Task TendGangs()
    {
        foreach (var task in _gangs)
            await TendGang(task);
    }

    private Task TendGang(string task) => _progress.IndexOf(task) is var index && _job!.Spec.Tasks[index].Gang ? TendGang(index) : Task.CompletedTask;

    private async Task TendGang(int task)
    {
        // While a plan is being carried out its gangs are placed by it.
        if (_job is not { Status: JobStatus.Running, PlanStatus: not JobPlanStatus.Pending })
            return;
        var gang = GangOutlook.Of(_job.Spec.Tasks[task].Count, _progress.Instances(task));
        if (gang.Failed is { } failed)
            await Tell(task, (gang.Attempt, "stop"), gang.Left, each => StopWith(failed, each));
        else if (!gang.Behind.IsEmpty)
            await Tell(task, (gang.Attempt, "end"), gang.Behind, each => EndAttempt(each, gang.Attempt));
        else if (gang.Waits)
            await Queue(task, gang);
    }

    private async Task Tell(int task, (int Attempt, string Step) step, ImmutableArray<TaskReport> instances, Func<TaskReport, Task> tell)
    {
        if (_toldGangs.GetValueOrDefault(task) == step)
            return;
        await Task.WhenAll(instances.Select(tell));
        _toldGangs[task] = step;
    }

    private Task StopWith(TaskReport failed, TaskReport other) =>
        TaskOf(other.Name, other.Index).Stop(StopCode.GangEnded, $"Instance {failed.Index} of its gang has failed.");

    private Task EndAttempt(TaskReport behind, int attempt) =>
        TaskOf(behind.Name, behind.Index).Evict(behind.Attempt, StopCode.GangEnded, $"Others of its gang are in attempt {attempt}.");

    /// <summary>As the store has them: reports say where tasks are, not what they need. What they have not all come to yet is queued later.</summary>
    private async Task Queue(int task, GangOutlook gang)
    {
        if (_toldGangs.GetValueOrDefault(task) == (gang.Attempt, "queue"))
            return;
        var waiting = ImmutableArray.CreateBuilder<PlacementRequest>();
        await foreach (var view in queries.ReadTasks(Cluster, Id, TaskState.Provisioning, CancellationToken.None))
        {
            if (view.Name == _job!.Spec.Tasks[task].Name && view.Attempt == gang.Attempt)
                waiting.Add(PlacementRequest.Of(view) with { GangSize = gang.Left.Length });
        }

        if (waiting.Count != gang.Left.Length)
            return;
        await Scheduler.Enqueue(waiting.ToImmutable());
        _toldGangs[task] = (gang.Attempt, "queue");
    }
}
