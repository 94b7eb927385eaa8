using OrleansCluster.Grains.Services;
using OrleansCluster.Tests.Services;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class ServiceReconcilerTests
{
    private const int LongEnough = 300;

    [Fact]
    public void Plan_NewService_StartsAllAtOnce()
    {
        var model = new ServiceModel(ServiceModel.Spec(4));

        model.Look();

        Assert.Equal([(0, 1), (1, 2), (2, 3), (3, 4)], model.Record.Instances.Select(instance => (instance.Slot, instance.Number)));
    }

    [Fact]
    public void Plan_Rolling_NeverPassesItsMaximum()
    {
        var model = Up(4, new DeploymentConfiguration { MaximumPercent = 150 });

        model.Update("web:2");
        model.Look();

        Assert.Equal(6, model.Record.Instances.Length);
        Assert.All(model.Record.Instances, instance => Assert.Null(instance.Stopping));
    }

    [Fact]
    public void Plan_RollingWithoutRoomAbove_StopsFirstAsFarAsTheMinimumAllows()
    {
        var model = Up(4, new DeploymentConfiguration { MaximumPercent = 100, MinimumHealthyPercent = 50 });

        model.Update("web:2");
        model.Look();

        Assert.Equal(2, model.Record.Instances.Count(instance => instance.Stopping is not null));
        Assert.Equal(4, model.Record.Instances.Length);
        AssertDeployed(model, revision: 2);
    }

    [Fact]
    public void Plan_ReplacementFindsNoNode_TakesThePlaceOfWhatItReplaces()
    {
        var model = Up(4, new DeploymentConfiguration { MinimumHealthyPercent = 75 });
        model.IsUnplaceable = instance => instance.Revision == 2 && model.Record.Instances.Count(other => other.Slot == instance.Slot) > 1;

        model.Update("web:2");

        AssertDeployed(model, revision: 2);
    }

    [Fact]
    public void Plan_ReplacementFindsNoNodeAndNoneMayStop_Waits()
    {
        var model = Up(4, new DeploymentConfiguration());
        model.IsUnplaceable = instance => instance.Revision == 2;

        model.Update("web:2");
        model.Steps(LongEnough);

        Assert.Equal((DeploymentStatus.InProgress, 4), (model.Record.Primary.Status, model.Healthy));
    }

    [Fact]
    public void Plan_Canary_BakesBeforeTheOthersFollow()
    {
        var model = Up(10, new DeploymentConfiguration { Strategy = DeploymentStrategy.Canary, CanaryPercent = 15, BakeTime = 60 });

        model.Update("web:2");
        model.Steps(30);

        Assert.Equal(DeploymentStage.CanaryBakeTime, model.Record.Primary.Stage);
        Assert.Equal(2, model.Wanted.Count(instance => instance.Revision == 2));
        AssertDeployed(model, revision: 2);
    }

    [Fact]
    public void Plan_BlueGreen_RequestsGoOverWhenAllAreHealthyAndTheOldOnesStopAfterTheBakeTime()
    {
        var model = Up(3, new DeploymentConfiguration { Strategy = DeploymentStrategy.BlueGreen, BakeTime = 60 });

        model.Update("web:2");
        model.Step();
        var before = (Serves(model, 1), Serves(model, 2));
        model.Steps(30);

        Assert.Equal((true, false), before);
        Assert.Equal((false, true), (Serves(model, 1), Serves(model, 2)));
        Assert.Equal(6, model.Wanted.Count());
        AssertDeployed(model, revision: 2);
    }

    [Fact]
    public void Plan_BlueGreenIsSuperseded_OnlyWhatWasCompleteServes()
    {
        var model = Up(3, new DeploymentConfiguration { Strategy = DeploymentStrategy.BlueGreen, MaximumPercent = 300 });
        model.IsUnplaceable = instance => instance.Revision == 2 && instance.Slot == 0;

        model.Update("web:2");
        model.Steps(20);
        model.Update("web:3");
        model.Step();

        Assert.Equal((true, false, false), (Serves(model, 1), Serves(model, 2), Serves(model, 3)));
        AssertDeployed(model, revision: 3);
    }

    /// <summary>What was complete is stopping by then: nobody served, and what had taken its place was stopped at once.</summary>
    [Fact]
    public void Plan_BlueGreenIsSupersededWhileItCleansUp_WhatItHasStartedServes()
    {
        var model = Up(3, new DeploymentConfiguration { Strategy = DeploymentStrategy.BlueGreen, BakeTime = 0 });
        model.Update("web:2");
        while (model.Record.Primary.Stage != DeploymentStage.CleanUp)
            model.Step();

        model.Update("web:3");
        model.Look();

        Assert.Equal((2, true, false), (model.Record.Completed, Serves(model, 2), Serves(model, 3)));
        Assert.Equal(3, model.Wanted.Count(instance => instance.Revision == 2));
        AssertDeployed(model, revision: 3);
    }

    [Fact]
    public void Plan_RollingIsSupersededByBlueGreen_WhatIsThereServesUntilAllAreHealthy()
    {
        var model = Up(4, new DeploymentConfiguration { MaximumPercent = 150, MinimumHealthyPercent = 50 });
        model.IsUnplaceable = instance => instance is { Revision: 2, Slot: 0 };
        model.Update("web:2");
        model.Steps(LongEnough / 10);

        model.Put(ServiceModel.Spec(4, new DeploymentConfiguration { Strategy = DeploymentStrategy.BlueGreen, MaximumPercent = 200 }), "web:3");
        model.Look();

        Assert.True(model.Record.Instances.Count(instance => instance.Stopping is null && instance.Revision == 2 && instance.HealthyAttempt > 0) == 3, $"{model}");
        Assert.True(Serves(model, 2));
        AssertDeployed(model, revision: 3);
    }

    [Fact]
    public void Plan_BlueGreenFailsWithoutRollbackAfterSomeWereHealthy_TheOldOnesStay()
    {
        var model = Up(3, new DeploymentConfiguration { Strategy = DeploymentStrategy.BlueGreen, BakeTime = 60, CircuitBreaker = new() { Rollback = false } });
        model.Update("web:2");
        while (model.Record.Primary.Stage != DeploymentStage.BakeTime)
            model.Step();

        for (var failures = 0; failures < 3; failures++)
            model.Fail(model.Wanted.First(instance => instance is { Revision: 2, Slot: 0 }).Number);
        model.Steps(LongEnough);

        Assert.Equal(DeploymentStatus.Failed, model.Record.Primary.Status);
        Assert.Equal([1, 1, 1], model.Record.Instances.Select(instance => instance.Revision));
    }

    [Fact]
    public void Plan_BrokenWithoutRollback_FailsAndTheOldOnesStay()
    {
        var model = Up(4, new DeploymentConfiguration { CircuitBreaker = new() { Rollback = false } });
        model.Broken.Add(2);

        model.Update("web:2");
        model.Steps(LongEnough);

        Assert.Equal((DeploymentStatus.Failed, 2), (model.Record.Primary.Status, model.Record.Primary.Number));
        Assert.Equal([1, 1, 1, 1], model.Record.Instances.Select(instance => instance.Revision));
    }

    [Fact]
    public void Plan_FirstDeploymentIsBroken_NothingIsStartedAnyMore()
    {
        var model = new ServiceModel(ServiceModel.Spec(4));
        model.Broken.Add(1);

        model.Steps(LongEnough);

        Assert.Equal(DeploymentStatus.Failed, model.Record.Primary.Status);
        Assert.Empty(model.Record.Instances);
    }

    [Fact]
    public void Plan_BreakerIsOff_GoesOnForEver()
    {
        var model = Up(4, new DeploymentConfiguration { CircuitBreaker = new() { Enable = false } });
        model.Broken.Add(2);

        model.Update("web:2");
        model.Steps(LongEnough);

        Assert.Equal((DeploymentStatus.InProgress, 4), (model.Record.Primary.Status, model.Healthy));
    }

    [Fact]
    public void Plan_ConsecutiveFailures_AreForgivenWhenOneIsHealthy()
    {
        var model = Up(4, new DeploymentConfiguration { CircuitBreaker = new() { Counting = FailureCounting.Consecutive }, MaximumPercent = 125 });
        model.Update("web:2");
        for (var i = 0; i < 4 && model.Record.Primary.IsUnderWay; i++)
        {
            model.Step();
            model.Step();
            model.Fail(model.Record.Instances.Last(instance => instance.Revision == 2).Number);
            model.Steps(10);
        }

        AssertDeployed(model, revision: 2);
        Assert.Equal(2, model.Record.Deployments.Length);
    }

    [Fact]
    public void Plan_ProtectedTask_IsNotScaledIn()
    {
        var model = Up(4, new DeploymentConfiguration());
        model.Protect(3, TimeSpan.FromSeconds(60));

        model.Scale(0);
        model.Steps(10);
        var left = model.Record.Instances.Select(instance => instance.Slot).ToList();
        model.Steps(60);

        Assert.Equal([3], left);
        Assert.Empty(model.Record.Instances);
    }

    [Fact]
    public void Plan_AllAreUnwell_BeginAnewSomeAtATime()
    {
        var model = Up(10, new DeploymentConfiguration { MaximumPercent = 110, MinimumHealthyPercent = 80 });
        model.Unwell.UnionWith(model.Record.Instances.Select(instance => instance.Number));
        model.Step();

        var plan = model.Look();

        Assert.Equal(2, plan.Evicted.Length);
    }

    [Fact]
    public void Plan_Deleted_StopsAllAndForgetsThemWhenTheyHave()
    {
        var model = Up(4, new DeploymentConfiguration());

        model.Delete();
        model.Look();
        Assert.All(model.Record.Instances, instance => Assert.NotNull(instance.Stopping));
        model.Steps(5);

        Assert.Empty(model.Record.Instances);
    }

    [Fact]
    public void Plan_Daemon_OneOnEachNodeWhileNodesComeAndGo()
    {
        var model = new ServiceModel(ServiceModel.Spec(1) with { SchedulingStrategy = SchedulingStrategy.Daemon }) { Nodes = ["a", "b", "c"] };
        model.StepsUntilRest(LongEnough);
        var before = model.Record.Instances.Select(instance => (instance.Slot, instance.Node)).ToList();

        model.Nodes = ["a", "c", "d", "e"];
        model.Update("web:2");
        AssertDeployed(model, revision: 2);

        Assert.Equal([(0, "a"), (1, "b"), (2, "c")], before);
        Assert.Equal(["a", "c", "d", "e"], model.Record.Instances.Select(instance => instance.Node).Order());
        Assert.Equal([0, 2], model.Record.Instances.Where(instance => instance.Node is "a" or "c").Select(instance => instance.Slot).Order());
    }

    [Fact]
    public void Rollback_ByHand_KeepsWhatStillRuns()
    {
        var model = Up(6, new DeploymentConfiguration { Strategy = DeploymentStrategy.Canary, CanaryPercent = 34, BakeTime = 600 });
        model.Update("web:2");
        model.Steps(30);
        var kept = model.Wanted.Where(instance => instance.Revision == 1).ToList();

        model.Rollback();

        AssertDeployed(model, revision: 1);
        Assert.Subset(model.Wanted.Select(instance => instance.Number).ToHashSet(), kept.Select(instance => instance.Number).ToHashSet());
        Assert.Equal(2, model.Record.Primary.RollbackOf);
    }

    [Fact]
    public void Choose_FullestNodeFirst_AndWhatIsNotHealthyBeforeAll()
    {
        var slots = new[] { Slot(0, "a"), Slot(1, "b"), Slot(2, "a"), Slot(3, "a"), Slot(4, "b"), Slot(5, "c") with { IsHealthy = false }, Slot(6, "d") with { IsProtected = true } };

        Assert.Equal([5, 3, 4, 2], ScaleIn.Choose(slots, 4));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(7, 4)]
    [InlineData(100, 50)]
    [InlineData(1000, 200)]
    public void ThresholdOf_NothingSaid_IsHalfTheDesiredCountWithinEcsLimits(int desired, int threshold) =>
        Assert.Equal(threshold, CircuitBreaker.ThresholdOf(new CircuitBreakerSpec(), ServiceLimits.Of(new DeploymentConfiguration(), desired)));

    [Theory]
    [InlineData(5, 50, 150, 3, 7)]
    [InlineData(1, 100, 200, 1, 2)]
    [InlineData(0, 100, 200, 0, 0)]
    [InlineData(3, 34, 133, 2, 3)]
    public void Limits_MinimumIsRoundedUpAndMaximumDown(int desired, int minimum, int maximum, int fewest, int most)
    {
        var limits = ServiceLimits.Of(new DeploymentConfiguration { MinimumHealthyPercent = minimum, MaximumPercent = maximum }, desired);

        Assert.Equal((fewest, most), (limits.Minimum, limits.Maximum));
    }

    private static ScaleIn.Slot Slot(int number, string node) => new(number, node, IsHealthy: true, IsProtected: false);

    private static bool Serves(ServiceModel model, int revision) => DeploymentProgress.Serves(model.Record, revision);

    private static ServiceModel Up(int count, DeploymentConfiguration configuration)
    {
        var model = new ServiceModel(ServiceModel.Spec(count, configuration));
        model.StepsUntilRest(LongEnough);
        Assert.Equal((DeploymentStatus.Completed, count), (model.Record.Primary.Status, model.Healthy));
        return model;
    }

    private static void AssertDeployed(ServiceModel model, int revision)
    {
        model.StepsUntilRest(LongEnough);
        Assert.True(model.Record.Primary.Status == DeploymentStatus.Completed && model.Record.Instances.All(instance => instance.Revision == revision), $"{model}");
    }
}
