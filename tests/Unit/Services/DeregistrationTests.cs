using OrleansCluster.Grains.Services;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class DeregistrationTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServiceSpec _spec = new() { Name = "web" };
    private static readonly ServiceInstance _stopping = new(0, 1, 1, 1) { Stopping = "It was scaled in.", StoppingSince = _now };
    private static readonly ServiceTask _serving = new() { Number = 1, Attempt = 1, State = TaskState.Running, Node = "a", IsPublished = true };

    [Fact]
    public void OverAt_Wanted_IsNever() => Assert.Null(Deregistration.OverAt(_spec, _stopping with { Stopping = null }, _serving));

    [Fact]
    public void OverAt_TaskThatServes_IsFiveSecondsLater() => Assert.Equal(_now.AddSeconds(5), Deregistration.OverAt(_spec, _stopping, _serving));

    [Fact]
    public void OverAt_DelayOfTheService_IsItsOwn()
    {
        Assert.Equal(_now.AddSeconds(30), Deregistration.OverAt(_spec with { DeregistrationDelay = 30 }, _stopping, _serving with { State = TaskState.Deactivating }));
        Assert.Equal(_now, Deregistration.OverAt(_spec with { DeregistrationDelay = 0 }, _stopping, _serving));
    }

    [Fact]
    public void OverAt_TaskWithoutPorts_IsAtOnce() => Assert.Equal(_now, Deregistration.OverAt(_spec, _stopping, _serving with { IsPublished = false }));

    [Fact]
    public void IsOver_TaskThatIsInNoListAnyway_IsAtOnce()
    {
        var spec = _spec with { DeregistrationDelay = 3600 };

        Assert.All(
            [null, _serving with { State = TaskState.Provisioning }, _serving with { IsLeaving = true }, _serving with { Health = HealthStatus.Unhealthy }],
            task => Assert.True(Deregistration.IsOver(spec, _stopping, task, _now)));
    }
}
