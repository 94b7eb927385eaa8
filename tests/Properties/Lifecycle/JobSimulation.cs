using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Lifecycle;

namespace OrleansCluster.Tests.Properties.Lifecycle;

/// <summary>Plays a job: each step starts one instance that may start or ends one that runs, as the dice fall.</summary>
internal sealed class JobSimulation(ImmutableArray<JobTaskSpec> tasks, int failurePercent, int stopAt, int[] dice)
{
    private readonly JobGraph _graph = JobGraph.Of(tasks);
    private readonly TaskProgress[] _progress = [.. tasks.Select(task => new TaskProgress(task.Count, 0, 0, 0))];

    public int Steps { get; private set; }
    public JobOutlook Plan => _graph.Plan(_progress, Steps >= stopAt);
    public bool EveryInstanceSucceeded => _progress.All(progress => progress.Succeeded == progress.Count);

    public bool HasSucceeded(string name) => _progress[tasks.IndexOf(tasks.Single(task => task.Name == name))].HasSucceeded;

    public bool HasUnstarted(int task) => _progress[task].Started < _progress[task].Count;

    /// <summary>False, and nothing done, once the job has ended.</summary>
    public bool Step()
    {
        var plan = Plan;
        if (plan.HasEnded)
            return false;

        var running = Enumerable.Range(0, tasks.Length).Where(task => !_progress[task].IsIdle).ToList();
        var choices = plan.Startable.Length + running.Count;
        Assert.True(choices > 0, "the job has not ended, but nothing runs and nothing may start");
        var die = dice[Steps % dice.Length];
        var choice = die % choices;
        if (choice < plan.Startable.Length)
            Start(plan.Startable[choice]);
        else
            End(running[choice - plan.Startable.Length], fails: die / 100 < failurePercent);
        Steps++;
        return true;
    }

    private void Start(int task) => _progress[task] = _progress[task] with { Started = _progress[task].Started + 1 };

    private void End(int task, bool fails) => _progress[task] = fails
        ? _progress[task] with { Failed = _progress[task].Failed + 1 }
        : _progress[task] with { Succeeded = _progress[task].Succeeded + 1 };
}
