using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Tests.Unit.Tasks;

public sealed class GangOutlookTests
{
    [Fact]
    public void Of_AllWaitInOneAttempt_CanBeQueued()
    {
        Assert.True(Of(3, (1, TaskState.Provisioning), (1, TaskState.Provisioning), (1, TaskState.Provisioning)).Waits);
        Assert.False(Of(3, (1, TaskState.Provisioning), (1, TaskState.Provisioning)).Waits);
        Assert.False(Of(2, (1, TaskState.Provisioning), (1, TaskState.Running)).Waits);
    }

    [Fact]
    public void Of_OneIsFurtherOn_TheOthersAreBehind()
    {
        var gang = Of(3, (1, TaskState.Running), (2, TaskState.Provisioning), (1, TaskState.Provisioning));

        Assert.Equal((2, false), (gang.Attempt, gang.Waits));
        Assert.Equal([0, 2], gang.Behind.Select(report => report.Index));
    }

    [Fact]
    public void Of_SomeHaveSucceeded_TheRestIsTheGang()
    {
        var gang = GangOutlook.Of(3, [Report(0, 1, TaskState.Stopped, succeeded: true), Report(1, 2, TaskState.Provisioning), Report(2, 2, TaskState.Provisioning)]);

        Assert.True(gang.Waits);
        Assert.Equal([1, 2], gang.Left.Select(report => report.Index));
    }

    [Fact]
    public void Of_OneHasFailed_NothingIsQueued()
    {
        var gang = Of(3, (1, TaskState.Stopped), (1, TaskState.Provisioning), (1, TaskState.Provisioning));

        Assert.Equal((0, false), (gang.Failed!.Index, gang.Waits));
    }

    private static GangOutlook Of(int count, params (int Attempt, TaskState State)[] tasks) =>
        GangOutlook.Of(count, [.. tasks.Select((task, i) => Report(i, task.Attempt, task.State))]);

    private static TaskReport Report(int index, int attempt, TaskState state, bool succeeded = false) =>
        new() { Name = "work", Index = index, Attempt = attempt, State = state, Succeeded = succeeded };
}
