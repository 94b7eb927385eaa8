using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Tests.Services;

namespace OrleansCluster.Tests.Properties.Services;

/// <summary>
/// Services under whatever may happen to them: updates, good and broken ones, scaling, failures, drains, health checks that fail. The model holds every look against the minimum and
/// the maximum; here it is that all comes to rest where it should.
/// </summary>
public sealed class ServiceProperties
{
    private const int LongEnough = 900;

    private static Gen<DeploymentConfiguration> Configurations { get; } =
        from strategy in Gen.Elements(DeploymentStrategy.Rolling, DeploymentStrategy.Rolling, DeploymentStrategy.Canary, DeploymentStrategy.BlueGreen)
        from minimum in Gen.Choose(0, 100)
        from maximum in Gen.Choose(strategy == DeploymentStrategy.BlueGreen ? 200 : 100, 300)
        from time in Gen.Choose(0, 8)
        from bake in Gen.Choose(0, 10)
        from canary in Gen.Choose(1, 99)
        from rollback in Gen.Elements(true, true, false)
        from counting in Gen.Elements(FailureCounting.Cumulative, FailureCounting.Consecutive)
        from count in Gen.Elements<int?>(null, 2, 5)
        from hooks in Gen.ArrayOf(HooksOf(strategy), 2)
        select new DeploymentConfiguration
        {
            Strategy = strategy,
            MinimumHealthyPercent = minimum,
            MaximumPercent = maximum,
            MinimumHealthyTime = time,
            BakeTime = bake,
            CanaryPercent = canary,
            Hooks = [.. hooks.Select((hook, i) => hook with { Name = $"h{i}" })],
            CircuitBreaker = new() { Rollback = rollback, Counting = counting, Count = count },
        };

    private static Gen<DeploymentHookSpec> HooksOf(DeploymentStrategy strategy) =>
        from stage in Gen.Elements(strategy switch
        {
            DeploymentStrategy.Canary => (DeploymentHookStage[])[DeploymentHookStage.PreScaleUp, DeploymentHookStage.PostCanary, DeploymentHookStage.PostScaleUp],
            DeploymentStrategy.BlueGreen => [DeploymentHookStage.PreScaleUp, DeploymentHookStage.PostScaleUp, DeploymentHookStage.PostProductionTrafficShift],
            _ => [DeploymentHookStage.PreScaleUp, DeploymentHookStage.PostScaleUp],
        })
        from approval in Gen.Elements(true, false)
        from timeout in Gen.Choose(3, 30)
        select new DeploymentHookSpec { Name = "h", Stages = [stage], Approval = approval, Timeout = timeout };

    private static Gen<ServiceCase> Cases { get; } =
        from configuration in Configurations
        from count in Gen.Choose(0, 12)
        from events in Gen.ArrayOf(Gen.Choose(0, 99), 60)
        select new ServiceCase(configuration, count, events);

    [Fact]
    public void Plan_WhateverHappens_KeepsToItsLimitsAndComesToRest() => Check.ForAll(Cases, c =>
    {
        if (IsStuck(c.Configuration, c.Count))
            return;
        var model = new ServiceModel(ServiceModel.Spec(c.Count, c.Configuration));
        var revisions = 1;
        foreach (var happening in c.Events)
            Happen(model, happening, ref revisions);

        // From here on nothing more happens, and what comes next is no broken revision.
        model.Unwell.Clear();
        model.Broken.Clear();
        (model.Hook, model.Approval) = (_ => JobStatus.Succeeded, true);
        model.Update($"web:{++revisions}");
        model.StepsUntilRest(LongEnough);

        Assert.True(model.Record.Primary.Status == DeploymentStatus.Completed, $"{model}");
        Assert.Equal(model.Limits.Desired, model.Record.Instances.Length);
        Assert.Equal(model.Limits.Desired, model.Healthy);
        Assert.All(model.Record.Instances, instance => Assert.Equal(model.Record.Primary.Revision, instance.Revision));
        Assert.Equal(model.Limits.Desired, model.Record.Instances.DistinctBy(instance => instance.Slot).Count());
        Assert.Null(model.Look().NextLook);
    });

    [Fact]
    public void Plan_ABrokenRevision_IsTakenBackWhileTheOneBeforeServes() => Check.ForAll(Cases, c =>
    {
        var configuration = c.Configuration with { CircuitBreaker = c.Configuration.CircuitBreaker with { Rollback = true } };
        if (c.Count == 0 || IsStuck(configuration, c.Count) || configuration.MinimumHealthyTime < 2)
            return;
        var model = new ServiceModel(ServiceModel.Spec(c.Count, configuration));
        model.StepsUntilRest(LongEnough);
        Assert.Equal(DeploymentStatus.Completed, model.Record.Primary.Status);
        model.Broken.Add(2);
        model.Update("web:2");
        for (var i = 0; i < LongEnough && model.Record.Primary is not { RollbackOf: not null, IsUnderWay: false }; i++)
        {
            model.Step();
            Assert.True(model.Healthy >= model.Limits.Minimum, $"{model.Healthy} healthy of {model.Limits} in {c}");
        }

        Assert.True(model.Record.Primary is { Status: DeploymentStatus.Completed, Revision: 1 }, $"{model}");
        Assert.Equal(2, model.Record.Primary.RollbackOf);
        Assert.Equal(c.Count, model.Healthy);
    });

    private static bool IsStuck(DeploymentConfiguration configuration, int count) => OrleansCluster.Grains.Services.ServiceLimits.Of(configuration, count).IsStuck;

    private static void Happen(ServiceModel model, int happening, ref int revisions)
    {
        var wanted = model.Wanted.ToList();
        var one = wanted.Count == 0 ? null : wanted[happening % wanted.Count];
        switch (happening)
        {
            case < 8:
                revisions++;
                if (happening < 3)
                    model.Broken.Add(revisions);
                model.Update($"web:{revisions}");
                break;
            case < 14 when !IsStuck(model.Record.Spec.DeploymentConfiguration, happening):
                model.Scale(happening);
                break;
            case < 30 when one is not null:
                model.Fail(one.Number);
                break;
            case < 38 when one is not null:
                model.Leave(one.Number);
                break;
            case < 44 when one is not null:
                model.Unwell.Add(one.Number);
                break;
            case < 48 when one is not null:
                model.Protect(one.Slot, TimeSpan.FromSeconds(happening));
                break;
            case < 50:
                model.Hook = _ => happening switch { 48 => JobStatus.Failed, _ => JobStatus.Running };
                model.Approval = happening == 48 ? false : null;
                break;
            case < 52:
                (model.Hook, model.Approval) = (_ => JobStatus.Succeeded, true);
                break;
            case < 55:
                model.StopDeployment(rollback: happening % 2 == 0);
                break;
            default:
                model.Steps(happening % 20);
                break;
        }
    }

    private sealed record ServiceCase(DeploymentConfiguration Configuration, int Count, int[] Events)
    {
        public override string ToString() => $"{Configuration}, {Count} tasks, [{string.Join(", ", Events)}]";
    }
}
