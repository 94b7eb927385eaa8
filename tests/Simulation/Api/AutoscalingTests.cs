using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class AutoscalingTests : IAsyncLifetime
{
    private static readonly ScalingPolicy _queue = new() { Metric = "queue", Target = 100, PerTask = true, ScaleOutCooldown = 20, ScaleInCooldown = 60 };
    private static readonly ScalingPolicy _cpu = new() { Metric = "cpu", Target = 50, ScaleOutCooldown = 20, ScaleInCooldown = 60 };

    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(11);

    private DateTimeOffset Now => _cluster.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await _cluster.AddNode("n2", Specs.Node);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Metric_Rises_ScalesOutAndSaysWhy()
    {
        await Put(Spec(_queue));

        var metric = await _cluster.PutServiceMetric("web", "queue", 450);
        var service = await _cluster.WaitForService("web", "has five tasks", service => service is { Healthy: 5, Desired: 5 });

        Assert.True(metric.IsAccepted);
        Assert.Equal("queue is 450, its target 100 for each task", service.Scaling!.Reason);
        Assert.Contains(service.Events, one => one.Message == "The desired count is 5, and was 1: queue is 450, its target 100 for each task.");
        Assert.NotNull(service.Scaling.LastScaleOut);
    }

    [Fact]
    public async Task Metric_Falls_ScalesInAfterAWhileAndNotWhenNothingIsKnown()
    {
        await Put(Spec(_queue));
        await _cluster.PutServiceMetric("web", "queue", 450);
        await _cluster.WaitForService("web", "has five tasks", service => service.Desired == 5);

        _cluster.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(5, (await _cluster.GetService("web"))!.Desired);

        for (var i = 0; i < 8; i++)
        {
            await _cluster.PutServiceMetric("web", "queue", 150);
            _cluster.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal(2, (await _cluster.GetService("web"))!.Desired);
    }

    [Fact]
    public async Task Cpu_IsMeasured_ScalesOutAndIn()
    {
        _cluster.SetServiceLoad("web", 400);
        await Put(Spec(_cpu));

        var large = await _cluster.WaitForService("web", "has eight tasks", service => service is { Healthy: 8 });
        Assert.Equal("cpu", large.Metrics.Single(metric => metric.Name == "cpu").Name);
        _cluster.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(8, (await _cluster.GetService("web"))!.Desired);

        _cluster.SetServiceLoad("web", 0);
        var small = await _cluster.WaitForService("web", "is idle", service => service is { Desired: 1, Tasks.Length: 1 });
        Assert.NotNull(small.Scaling!.LastScaleIn);
    }

    [Fact]
    public async Task Team_HasAMaximum_IsNotScaledPastItAndSaysSoOnce()
    {
        Assert.Null(await _cluster.Call(grains => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(_cluster.Options.Cluster))
            .PutTeams(new TeamSet { Teams = [new TeamSpec { Name = "web", Maximum = new ResourceLimits { Cpu = 350 } }] })));
        await Put(Spec(_queue) with { Team = "web" });

        for (var i = 0; i < 8; i++)
        {
            await _cluster.PutServiceMetric("web", "queue", 900);
            _cluster.Advance(TimeSpan.FromSeconds(30));
        }

        var service = (await _cluster.GetService("web"))!;
        Assert.Equal((3, 3), (service.Desired, service.Healthy));
        Assert.Single(service.Events, one => one.Message.Contains("the team's maximum leaves room for 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_AnotherRevision_KeepsTheCountAndScaleKeepsToTheBounds()
    {
        await Put(Spec(_queue));
        await _cluster.PutServiceMetric("web", "queue", 450);
        await _cluster.WaitForService("web", "has five tasks", service => service is { Healthy: 5 });

        await Put(Spec(_queue, "sleep 20000000"));
        var deployed = await _cluster.WaitForService("web", "is deployed", service => service.Deployments[0] is { Number: 2, Status: DeploymentStatus.Completed });
        Assert.Equal(5, deployed.Desired);

        Assert.Equal("/desiredCount", Assert.Single((await _cluster.ScaleService("web", 11)).Refusal!.Faults).Path);
        Assert.Equal(7, (await _cluster.ScaleService("web", 7)).Value!.Desired);
        Assert.Equal("it was asked for", (await _cluster.GetService("web"))!.Scaling!.Reason);

        await Put(Spec(_queue, "sleep 20000000") with { Autoscaling = Scaling(_queue) with { Maximum = 4 } });
        Assert.Equal(4, (await _cluster.GetService("web"))!.Desired);
    }

    [Fact]
    public async Task Schedules_OverDays_SetTheBounds()
    {
        await Put(Spec(_queue) with
        {
            Autoscaling = Scaling() with { Schedules = [new ScalingSchedule { Cron = "0 8 * * *", Minimum = 4 }, new ScalingSchedule { Cron = "0 20 * * *", Minimum = 1, Maximum = 2 }, new ScalingSchedule { Cron = "0 7 * * *", Maximum = 10 }] },
        });

        for (var hours = 0; hours < 33; hours++)
        {
            _cluster.Advance(TimeSpan.FromHours(1));
            var service = (await _cluster.GetService("web"))!;
            var isDay = Now.Hour is >= 8 and < 20;
            Assert.True(service.Scaling!.Minimum == (isDay ? 4 : 1), $"{Now}: {service.Scaling}");
            Assert.True(service.Desired >= service.Scaling.Minimum && service.Desired <= service.Scaling.Maximum, $"{Now}: {service.Desired} of {service.Scaling}");
        }
    }

    [Fact]
    public async Task SilosAreKilled_CooldownHolds()
    {
        var slow = _queue with { ScaleOutCooldown = 600 };
        await Put(Spec(slow));
        await _cluster.PutServiceMetric("web", "queue", 150);
        await _cluster.WaitForService("web", "has two tasks", service => service.Desired == 2);

        _cluster.KillSilo("n1");
        _cluster.KillSilo("n2");
        _cluster.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 12; i++)
        {
            await _cluster.PutServiceMetric("web", "queue", 450);
            _cluster.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(2, (await _cluster.GetService("web"))!.Desired);
        }

        await _cluster.Until(
            async () =>
            {
                await _cluster.PutServiceMetric("web", "queue", 450);
                return (await _cluster.GetService("web"))!.Desired == 5;
            },
            "the cool-down is over");
    }

    [Fact]
    public async Task Alarm_FiresWhileADeploymentBakes_TakesItBack()
    {
        var alarms = new DeploymentAlarms { Alarms = [new AlarmSpec { Name = "errors", Metric = "error-rate", Above = 5, For = 20 }] };
        var spec = Spec(_queue) with { Autoscaling = null, DesiredCount = 2, DeploymentConfiguration = new DeploymentConfiguration { BakeTime = 300, Alarms = alarms } };
        await Put(spec);
        await _cluster.WaitForService("web", "is complete", service => service.Deployments[0].Status == DeploymentStatus.Completed);
        await Put(spec with { Containers = [Specs.Container("sleep 20000000", cpu: 100)] });
        await _cluster.WaitForService("web", "bakes", service => service.Deployments[0].Stage == DeploymentStage.BakeTime);

        for (var i = 0; i < 4; i++)
        {
            await _cluster.PutServiceMetric("web", "error-rate", 12);
            _cluster.Advance(TimeSpan.FromSeconds(10));
        }

        var service = await _cluster.WaitForService("web", "is taken back", service => service.Deployments[0] is { RollbackOf: 2, Status: DeploymentStatus.Completed });
        Assert.Equal(DeploymentStatus.Failed, service.Deployments[1].Status);
        Assert.StartsWith("alarm errors: error-rate is 12, above 5 for ", service.Deployments[1].Reason, StringComparison.Ordinal);
        Assert.All(service.Tasks, task => Assert.Equal(1, task.Revision));
    }

    [Fact]
    public async Task PutMetric_NotToBePut_IsRefused()
    {
        await Put(Spec(_queue));

        Assert.Equal("/metric", Assert.Single((await _cluster.PutServiceMetric("web", "cpu", 1)).Refusal!.Faults).Path);
        Assert.Equal("/metric", Assert.Single((await _cluster.PutServiceMetric("web", "No", 1)).Refusal!.Faults).Path);
        Assert.Equal("/value", Assert.Single((await _cluster.PutServiceMetric("web", "queue", double.NaN)).Refusal!.Faults).Path);
        Assert.Equal(RefusalKind.NotFound, (await _cluster.PutServiceMetric("other", "queue", 1)).Refusal!.Kind);
        for (var i = 0; i < 32; i++)
            Assert.True((await _cluster.PutServiceMetric("web", $"m{i}", 1)).IsAccepted);
        Assert.Equal(RefusalKind.Conflict, (await _cluster.PutServiceMetric("web", "more", 1)).Refusal!.Kind);
    }

    private static AutoscalingSpec Scaling(params ScalingPolicy[] policies) => new() { Minimum = 1, Maximum = 10, Policies = [.. policies] };

    private static ServiceSpec Spec(ScalingPolicy policy, string script = "sleep 10000000") => new()
    {
        Name = "web",
        Containers = [Specs.Container(script, cpu: 100)],
        Autoscaling = Scaling(policy),
    };

    private async Task Put(ServiceSpec spec)
    {
        var answer = await _cluster.PutService(spec);
        Assert.True(answer.IsAccepted, $"{answer.Refusal?.Title} {string.Join(' ', answer.Refusal?.Faults ?? [])}");
    }
}
