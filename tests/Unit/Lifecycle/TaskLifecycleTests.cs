using OrleansCluster.Grains.Tasks.Lifecycle;

namespace OrleansCluster.Tests.Unit.Lifecycle;

public sealed class TaskLifecycleTests
{
    private static readonly TaskState[] _states = Enum.GetValues<TaskState>();

    [Fact]
    public void Transitions_EachArrow_HasOneOwner()
    {
        var arrows = TaskLifecycle.Transitions.GroupBy(transition => (transition.From, transition.To)).Where(arrow => arrow.Count() > 1);

        Assert.Empty(arrows.Select(arrow => arrow.Key));
    }

    [Fact]
    public void Transitions_All_GoForward() =>
        Assert.Empty(TaskLifecycle.Transitions.Where(transition => transition.To <= transition.From));

    [Fact]
    public void Transitions_EveryState_IsReachableFromProvisioning()
    {
        var reached = new HashSet<TaskState> { TaskState.Provisioning };
        foreach (var state in _states)
        {
            if (reached.Contains(state))
                reached.UnionWith(TaskLifecycle.Transitions.Where(transition => transition.From == state).Select(transition => transition.To));
        }

        Assert.Equal(_states, reached.Order());
    }

    [Fact]
    public void Transitions_EveryStateButStopped_HasAnExitAndStoppedHasNone()
    {
        var withExit = TaskLifecycle.Transitions.Select(transition => transition.From).ToHashSet();

        Assert.Equal(_states.Where(state => state != TaskState.Stopped), withExit.Order());
    }

    [Fact]
    public void Transitions_ManagerAlone_CanEndAnAttemptFromEveryState() =>
        Assert.All(_states.Where(state => state != TaskState.Stopped), state => Assert.True(TaskLifecycle.CanMove(state, TaskState.Stopped, TransitionOwner.Manager)));

    [Fact]
    public void CanMove_NotTheOwner_IsRefused()
    {
        Assert.True(TaskLifecycle.CanMove(TaskState.Provisioning, TaskState.Pending, TransitionOwner.Manager));
        Assert.False(TaskLifecycle.CanMove(TaskState.Provisioning, TaskState.Pending, TransitionOwner.Agent));
        Assert.True(TaskLifecycle.CanMove(TaskState.Pending, TaskState.Running, TransitionOwner.Agent));
        Assert.False(TaskLifecycle.CanMove(TaskState.Pending, TaskState.Running, TransitionOwner.Manager));
    }

    [Theory]
    [InlineData(TaskState.Running, TaskState.Activating, TaskState.Running)]
    [InlineData(TaskState.Running, TaskState.Running, TaskState.Running)]
    [InlineData(TaskState.Pending, TaskState.Running, TaskState.Running)]
    [InlineData(TaskState.Provisioning, TaskState.Pending, TaskState.Pending)]
    [InlineData(TaskState.Provisioning, TaskState.Running, TaskState.Running)]
    [InlineData(TaskState.Deactivating, TaskState.Running, TaskState.Deactivating)]
    [InlineData(TaskState.Running, TaskState.Stopped, TaskState.Deprovisioning)]
    [InlineData(TaskState.Running, TaskState.Deactivating, TaskState.Running)]
    [InlineData(TaskState.Stopped, TaskState.Running, TaskState.Stopped)]
    public void Merge_Observation_TakesTheGreaterOfWhatTheAgentMaySay(TaskState current, TaskState observed, TaskState expected) =>
        Assert.Equal(expected, TaskLifecycle.Merge(current, observed));

    [Fact]
    public void Merge_AnyTwoStates_FollowsArrowsOfTheTable()
    {
        foreach (var current in _states)
        {
            foreach (var observed in _states)
            {
                var merged = TaskLifecycle.Merge(current, observed);
                var begin = current == TaskState.Provisioning ? TaskState.Pending : current;
                Assert.True(merged == begin || TaskLifecycle.CanMove(begin, merged, TransitionOwner.Agent), $"{current} and {observed} gave {merged}");
            }
        }
    }

    [Fact]
    public void IsLater_AttemptThenState_Decides()
    {
        Assert.True(TaskLifecycle.IsLater((2, TaskState.Provisioning), (1, TaskState.Stopped)));
        Assert.True(TaskLifecycle.IsLater((1, TaskState.Running), (1, TaskState.Pending)));
        Assert.False(TaskLifecycle.IsLater((1, TaskState.Running), (1, TaskState.Running)));
        Assert.False(TaskLifecycle.IsLater((1, TaskState.Stopped), (2, TaskState.Provisioning)));
    }
}
