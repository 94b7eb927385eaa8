using OrleansCluster.Grains.Services;
using OrleansCluster.Tests.Services;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class HookTests
{
    private const int LongEnough = 300;

    [Fact]
    public void PreScaleUp_JobRuns_NothingStartsBeforeItHasSucceeded()
    {
        var model = Up(With(DeploymentHookStage.PreScaleUp));
        model.Hook = _ => JobStatus.Running;
        model.Update("web:2");
        model.Steps(30);

        Assert.Equal(DeploymentStage.PreScaleUp, model.Record.Primary.Stage);
        Assert.All(model.Record.Instances, instance => Assert.Equal(1, instance.Revision));
        Assert.Equal(4, model.Healthy);

        model.Hook = _ => JobStatus.Succeeded;
        model.StepsUntilRest(LongEnough);
        Assert.Equal((DeploymentStatus.Completed, 2), (model.Record.Primary.Status, model.Record.Primary.Revision));
        Assert.Equal(2, model.Jobs.Count);
    }

    [Theory]
    [InlineData(DeploymentHookStage.PreScaleUp, DeploymentStrategy.Rolling)]
    [InlineData(DeploymentHookStage.PostCanary, DeploymentStrategy.Canary)]
    [InlineData(DeploymentHookStage.PostScaleUp, DeploymentStrategy.BlueGreen)]
    [InlineData(DeploymentHookStage.PostProductionTrafficShift, DeploymentStrategy.BlueGreen)]
    public void AnyStage_HookFails_DeploymentIsTakenBackWithoutHooks(DeploymentHookStage stage, DeploymentStrategy strategy)
    {
        var model = Up(With(stage, strategy));
        var before = model.Jobs.Count;
        model.Hook = _ => JobStatus.Failed;
        model.Update("web:2");
        model.StepsUntilRest(LongEnough);

        var failed = model.Record.Deployments[1];
        Assert.Equal(DeploymentStatus.Failed, failed.Status);
        Assert.Equal($"Hook check: Job {model.Jobs.Last().Key} has failed.", failed.Reason);
        Assert.Equal((2, DeploymentStatus.Completed, 1), (model.Record.Primary.RollbackOf, model.Record.Primary.Status, model.Record.Primary.Revision));
        Assert.Equal(before + 1, model.Jobs.Count);
        Assert.Equal(4, model.Healthy);
    }

    [Fact]
    public void PostScaleUp_BlueGreen_RequestsStayWithTheOldOnesMeanwhile()
    {
        var model = Up(With(DeploymentHookStage.PostScaleUp, DeploymentStrategy.BlueGreen));
        model.Hook = _ => JobStatus.Running;
        model.Update("web:2");
        model.Steps(40);

        Assert.Equal(DeploymentStage.PostScaleUp, model.Record.Primary.Stage);
        Assert.Equal(8, model.Healthy);
        Assert.True(DeploymentProgress.Serves(model.Record, 1));
        Assert.False(DeploymentProgress.Serves(model.Record, 2));
    }

    [Fact]
    public void Timeout_JobGoesOn_HasFailedAndItsJobIsStopped()
    {
        var model = Up(With(DeploymentHookStage.PreScaleUp) with { CircuitBreaker = new CircuitBreakerSpec { Rollback = false } });
        model.Hook = _ => JobStatus.Running;
        model.Update("web:2");
        model.Steps(70);

        Assert.Equal((DeploymentStatus.Failed, "Hook check: It took too long."), (model.Record.Primary.Status, model.Record.Primary.Reason));
        Assert.Equal(JobStatus.Stopped, model.Jobs.Values.Single(status => status != JobStatus.Succeeded));
        Assert.Equal(4, model.Healthy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ended_ByStopOrByAnother_ItsJobIsStopped(bool isStopped)
    {
        var model = Up(With(DeploymentHookStage.PreScaleUp));
        model.Hook = run => run.Deployment == 2 ? JobStatus.Running : JobStatus.Succeeded;
        model.Update("web:2");
        model.Steps(10);
        if (isStopped)
            model.StopDeployment(rollback: true);
        else
            model.Update("web:3");
        model.StepsUntilRest(LongEnough);

        Assert.Equal(DeploymentStatus.Completed, model.Record.Primary.Status);
        Assert.Equal(isStopped ? 1 : 3, model.Record.Primary.Revision);
        Assert.Equal([JobStatus.Stopped], model.Jobs.Values.Where(status => status != JobStatus.Succeeded));
        Assert.DoesNotContain(model.Record.Hooks, run => run.Deployment == 2);
    }

    [Fact]
    public void Approval_Asked_GoesOnOrFailsAsAnswered()
    {
        var model = Up(With(DeploymentHookStage.PreScaleUp, approval: true));
        model.Approval = null;
        model.Update("web:2");
        model.Steps(20);
        Assert.Equal(DeploymentStage.PreScaleUp, model.Record.Primary.Stage);
        Assert.Same(model.Record, HookProgress.Answer(model.Record, "other", approve: true, model.Now));

        var approved = HookProgress.Answer(model.Record, "check", approve: true, model.Now);
        Assert.Equal(HookStatus.Succeeded, approved.Hooks.Single(run => run.Deployment == 2).Status);
        model.Approval = false;
        model.StepsUntilRest(LongEnough);
        Assert.Equal("Hook check: It was rejected.", model.Record.Deployments[1].Reason);
        Assert.Empty(model.Jobs);
    }

    [Fact]
    public void JobIdOf_SameServiceDeployedAnew_IsAnother()
    {
        var (one, other) = (new ServiceModel(ServiceModel.Spec(1)), new ServiceModel(ServiceModel.Spec(1)));
        Assert.Equal(HookProgress.JobIdOf(one.Record, DeploymentHookStage.PreScaleUp, "a"), HookProgress.JobIdOf(other.Record, DeploymentHookStage.PreScaleUp, "a"));
        Assert.NotEqual(HookProgress.JobIdOf(one.Record, DeploymentHookStage.PreScaleUp, "a"), HookProgress.JobIdOf(one.Record, DeploymentHookStage.PostScaleUp, "a"));
        var later = one.Record.With(one.Record.Primary with { CreatedAt = one.Now.AddSeconds(1) });
        Assert.NotEqual(HookProgress.JobIdOf(one.Record, DeploymentHookStage.PreScaleUp, "a"), HookProgress.JobIdOf(later, DeploymentHookStage.PreScaleUp, "a"));
    }

    [Fact]
    public void Validate_Hooks_TellsAllThatIsWrong()
    {
        var good = Hook(DeploymentHookStage.PreScaleUp);
        var spec = ServiceModel.Spec(1, new DeploymentConfiguration
        {
            Hooks =
            [
                good,
                good,
                good with { Name = "b", Stages = [DeploymentHookStage.PostCanary], Timeout = 0 },
                good with { Name = "c", Stages = [] },
                good with { Name = "d", Approval = true },
                good with { Name = "e", Containers = [] },
            ],
        });

        Assert.Equal(
            [
                "/deploymentConfiguration/hooks/1/name", "/deploymentConfiguration/hooks/2/stages", "/deploymentConfiguration/hooks/2/timeout",
                "/deploymentConfiguration/hooks/3/stages", "/deploymentConfiguration/hooks/4/approval", "/deploymentConfiguration/hooks/5/containers",
            ],
            ServiceValidator.Validate(spec).Select(fault => fault.Path));
    }

    private static DeploymentHookSpec Hook(DeploymentHookStage stage) => new()
    {
        Name = "check",
        Stages = [stage],
        Timeout = 60,
        Containers = [new ContainerSpec { Name = "c", Image = "app", Resources = new Resources(10, 16, 0) }],
    };

    private static DeploymentConfiguration With(DeploymentHookStage stage, DeploymentStrategy strategy = DeploymentStrategy.Rolling, bool approval = false) => new()
    {
        Strategy = strategy,
        CanaryPercent = 25,
        Hooks = [approval ? Hook(stage) with { Approval = true, Containers = [] } : Hook(stage)],
    };

    private static ServiceModel Up(DeploymentConfiguration configuration)
    {
        var model = new ServiceModel(ServiceModel.Spec(4, configuration));
        model.StepsUntilRest(LongEnough);
        Assert.Equal(DeploymentStatus.Completed, model.Record.Primary.Status);
        return model;
    }
}
