using OrleansCluster.Grains.Services;
using OrleansCluster.Tests.Services;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class StopDeploymentTests
{
    private const int LongEnough = 300;

    [Fact]
    public void StopDeployment_Rolling_GoesBackToWhatWasComplete()
    {
        var model = HalfWay(new DeploymentConfiguration { MaximumPercent = 125 });

        model.StopDeployment(rollback: true);
        model.StepsUntilRest(LongEnough);

        Assert.Equal((DeploymentStatus.Completed, 1, 2), (model.Record.Primary.Status, model.Record.Primary.Revision, model.Record.Primary.RollbackOf));
        Assert.Equal((DeploymentStatus.Stopped, "It was stopped by hand."), (model.Record.Deployments[1].Status, model.Record.Deployments[1].Reason));
        Assert.All(model.Record.Instances, instance => Assert.Equal(1, instance.Revision));
    }

    [Fact]
    public void StopDeployment_RollingWithoutRollback_LeavesWhatIsHealthyOfBoth()
    {
        var model = HalfWay(new DeploymentConfiguration { MaximumPercent = 125 });
        var healthy = model.Record.Instances.Where(instance => instance.HealthyAttempt > 0 && instance.Stopping is null).Select(instance => instance.Number).ToHashSet();

        model.StopDeployment(rollback: false);
        model.Steps(60);

        Assert.Equal(DeploymentStatus.Stopped, model.Record.Primary.Status);
        Assert.Equal(4, model.Healthy);
        Assert.Equal([1, 2], model.Record.Instances.Select(instance => instance.Revision).Distinct().Order());
        Assert.All(model.Record.Instances.Where(instance => instance.Revision == 2), instance => Assert.Contains(instance.Number, healthy));
    }

    [Theory]
    [InlineData(DeploymentStage.ScaleUp, 1)]
    [InlineData(DeploymentStage.BakeTime, 2)]
    public void StopDeployment_BlueGreenWithoutRollback_LeavesWhatGetsRequests(DeploymentStage stage, int revision)
    {
        var model = Up(new DeploymentConfiguration { Strategy = DeploymentStrategy.BlueGreen, BakeTime = 100 });
        model.Update("web:2");
        for (var i = 0; i < LongEnough && (model.Record.Primary.Stage != stage || model.Record.Instances.All(instance => instance.Revision == 1)); i++)
            model.Step();
        Assert.Equal(stage, model.Record.Primary.Stage);

        model.StopDeployment(rollback: false);
        Assert.True(DeploymentProgress.Serves(model.Record, revision));
        Assert.False(DeploymentProgress.Serves(model.Record, 3 - revision));
        for (var i = 0; i < 60; i++)
        {
            model.Step();
            Assert.True(model.Healthy >= 4, $"{model}");
        }

        Assert.Equal(4, model.Record.Instances.Length);
        Assert.All(model.Record.Instances, instance => Assert.Equal(revision, instance.Revision));
    }

    [Fact]
    public void ReasonNotToStop_NothingToStopOrToGoBackTo_SaysSo()
    {
        var model = new ServiceModel(ServiceModel.Spec(2));
        Assert.Contains("is the first of service web", ServiceRules.ReasonNotToStop(model.Record, rollback: true), StringComparison.Ordinal);
        Assert.Null(ServiceRules.ReasonNotToStop(model.Record, rollback: false));

        model.StepsUntilRest(LongEnough);
        Assert.Equal("Service web has no deployment under way: deployment 1 is COMPLETED.", ServiceRules.ReasonNotToStop(model.Record, rollback: true));
        model.Update("web:2");
        model.StopDeployment(rollback: true);
        Assert.Contains("Deployment 3 is itself the roll-back of deployment 2", ServiceRules.ReasonNotToStop(model.Record, rollback: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Put_TheSameAfterAStop_BeginsAnew()
    {
        var model = HalfWay(new DeploymentConfiguration { MaximumPercent = 125 });
        model.Update("web:2");
        Assert.Equal(2, model.Record.Primary.Number);

        model.StopDeployment(rollback: false);
        model.Steps(20);
        model.Update("web:2");
        model.Update("web:2");
        Assert.Equal((3, 3), (model.Record.Primary.Number, model.Record.Primary.Revision));
        model.StepsUntilRest(LongEnough);
        Assert.Equal(DeploymentStatus.Completed, model.Record.Primary.Status);
    }

    [Fact]
    public void BlueGreen_FailsWithoutRollback_KeepsTheOldOnesThatServe()
    {
        var model = Up(new DeploymentConfiguration { Strategy = DeploymentStrategy.BlueGreen, CircuitBreaker = new CircuitBreakerSpec { Rollback = false, Count = 1 } });
        model.IsUnplaceable = instance => instance is { Revision: 2, Slot: 3 };
        model.Update("web:2");
        model.Steps(20);
        model.Fail(model.Record.Instances.First(instance => instance is { Revision: 2, Slot: 0 }).Number);
        model.Steps(60);

        Assert.Equal(DeploymentStatus.Failed, model.Record.Primary.Status);
        Assert.Equal(4, model.Healthy);
        Assert.All(model.Record.Instances, instance => Assert.Equal(1, instance.Revision));
    }

    private static ServiceModel HalfWay(DeploymentConfiguration configuration)
    {
        var model = Up(configuration);
        model.Update("web:2");
        for (var i = 0; i < LongEnough && model.Record.Instances.Count(instance => instance is { Revision: 2, HealthyAttempt: > 0 }) < 2; i++)
            model.Step();
        Assert.True(model.Record.Primary.IsUnderWay);
        return model;
    }

    private static ServiceModel Up(DeploymentConfiguration configuration)
    {
        var model = new ServiceModel(ServiceModel.Spec(4, configuration));
        model.StepsUntilRest(LongEnough);
        return model;
    }
}
