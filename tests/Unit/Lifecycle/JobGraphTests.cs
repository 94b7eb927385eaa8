using OrleansCluster.Grains.Tasks.Lifecycle;

namespace OrleansCluster.Tests.Unit.Lifecycle;

public sealed class JobGraphTests
{
    private static readonly TaskProgress _waiting = new(2, 0, 0, 0);
    private static readonly TaskProgress _running = new(2, 2, 1, 0);
    private static readonly TaskProgress _succeeded = new(2, 2, 2, 0);
    private static readonly TaskProgress _failed = new(2, 2, 1, 1);

    /// <summary>split → count → merge, and lone beside them; written last first, so that order of writing does not matter.</summary>
    private static readonly JobGraph _graph = JobGraph.Of([Task("merge", "count"), Task("count", "split"), Task("split"), Task("lone")]);

    [Fact]
    public void Plan_NothingStarted_StartsWhatDependsOnNothing()
    {
        var plan = _graph.Plan([_waiting, _waiting, _waiting, _waiting], isStopping: false);

        Assert.Equal([2, 3], plan.Startable);
        Assert.Empty(plan.NeverStarting);
        Assert.False(plan.HasEnded);
    }

    [Fact]
    public void Plan_DependencyStillRuns_Waits() =>
        Assert.Equal([3], _graph.Plan([_waiting, _waiting, _running, _waiting], isStopping: false).Startable);

    [Fact]
    public void Plan_DependencySucceeded_StartsTheNext() =>
        Assert.Equal([1], _graph.Plan([_waiting, _waiting, _succeeded, _running], isStopping: false).Startable);

    [Fact]
    public void Plan_SomeInstancesNotStartedYet_StartsTheRest() =>
        Assert.Equal([3], _graph.Plan([_waiting, _waiting, _running, new TaskProgress(2, 1, 0, 0)], isStopping: false).Startable);

    [Fact]
    public void Plan_DependencyFailed_NeverStartsAnythingBehindIt()
    {
        var plan = _graph.Plan([_waiting, _waiting, _failed, _succeeded], isStopping: false);

        Assert.Equal([0, 1], plan.NeverStarting);
        Assert.Equal((true, false), (plan.HasEnded, plan.HasSucceeded));
    }

    [Fact]
    public void Plan_OneInstanceFailedAndOneRuns_HasNotEnded()
    {
        var plan = _graph.Plan([_waiting, _waiting, new TaskProgress(2, 2, 0, 1), _succeeded], isStopping: false);

        Assert.Equal([0, 1], plan.NeverStarting);
        Assert.False(plan.HasEnded);
    }

    [Fact]
    public void Plan_AllSucceeded_HasEndedWithSuccess()
    {
        var plan = _graph.Plan([_succeeded, _succeeded, _succeeded, _succeeded], isStopping: false);

        Assert.Equal((true, true), (plan.HasEnded, plan.HasSucceeded));
        Assert.Empty(plan.Startable);
        Assert.Empty(plan.NeverStarting);
    }

    [Fact]
    public void Plan_Stopping_StartsNothingAndEndsWhenNothingRuns()
    {
        var running = _graph.Plan([_waiting, _waiting, _running, _succeeded], isStopping: true);
        var stopped = _graph.Plan([_waiting, _waiting, _failed, _succeeded], isStopping: true);

        Assert.Empty(running.Startable);
        Assert.Equal([0, 1], running.NeverStarting);
        Assert.Equal((false, true), (running.HasEnded, stopped.HasEnded));
    }

    [Fact]
    public void Plan_ProgressOfAnotherJob_IsABrokenInvariant() =>
        Assert.Throws<ArgumentException>(() => _graph.Plan([_waiting], isStopping: false));

    [Fact]
    public void Of_Cycle_IsABrokenInvariant() =>
        Assert.Throws<ArgumentException>(() => JobGraph.Of([Task("a", "b"), Task("b", "a")]));

    private static JobTaskSpec Task(string name, params string[] dependsOn) => new() { Name = name, Count = 2, DependsOn = [.. dependsOn] };
}
