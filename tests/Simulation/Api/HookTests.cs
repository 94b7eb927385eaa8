using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class HookTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(9);

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await _cluster.AddNode("n2", Specs.Node);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task PreScaleUp_Succeeds_RunsOnceBeforeAnythingStarts()
    {
        await Put(Spec("sleep 10000000", Hook("migrate", "sleep 20", DeploymentHookStage.PreScaleUp)));

        var waiting = await _cluster.WaitForService("web", "runs its hook", service => service.Deployments[0].Hooks is [{ JobId: not null }]);
        Assert.Equal((DeploymentStage.PreScaleUp, 0), (waiting.Deployments[0].Stage, waiting.Tasks.Length));
        var done = await _cluster.WaitForService("web", "is deployed", service => service.Deployments[0].Status == DeploymentStatus.Completed);

        var hook = Assert.Single(done.Deployments[0].Hooks);
        Assert.Equal(("migrate", HookStatus.Succeeded), (hook.Name, hook.Status));
        var job = await _cluster.GetJob(hook.JobId!);
        Assert.Equal((JobStatus.Succeeded, "web-hook", "web-hook-migrate:1"), (job!.Status, job.Name, job.Tasks[0].Definition));
    }

    [Fact]
    public async Task PostScaleUp_Fails_IsTakenBackAndSaysWhy()
    {
        await Up();
        await Put(Spec("sleep 20000000", Hook("smoke-test", "exit 1", DeploymentHookStage.PostScaleUp)));

        var service = await _cluster.WaitForService("web", "is taken back", service => service.Deployments[0] is { RollbackOf: 2, Status: DeploymentStatus.Completed });

        Assert.Equal(DeploymentStatus.Failed, service.Deployments[1].Status);
        Assert.StartsWith("Hook smoke-test: Job web-hook-2-", service.Deployments[1].Reason, StringComparison.Ordinal);
        Assert.All(service.Tasks, task => Assert.Equal(1, task.Revision));
    }

    [Fact]
    public async Task Approval_Given_LetsItGoOn()
    {
        await Up();
        await Put(Spec("sleep 20000000", Approval()));
        await _cluster.WaitForService("web", "waits", service => service.Deployments[0].Hooks is [{ Status: HookStatus.Pending, JobId: null }]);
        _cluster.Advance(TimeSpan.FromMinutes(2));
        Assert.All((await _cluster.GetService("web"))!.Tasks, task => Assert.Equal(1, task.Revision));

        Assert.True((await _cluster.ApproveServiceDeployment("web")).IsAccepted);
        await _cluster.WaitForService("web", "is deployed", service => service.Deployments[0] is { Number: 2, Status: DeploymentStatus.Completed });

        Assert.Contains("waits for no approval", (await _cluster.ApproveServiceDeployment("web")).Refusal!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_Rejected_IsTakenBack()
    {
        await Up();
        await Put(Spec("sleep 20000000", Approval()));
        await _cluster.ApproveServiceDeployment("web", reject: true);

        var service = await _cluster.WaitForService("web", "is taken back", service => service.Deployments[0] is { RollbackOf: 2, Status: DeploymentStatus.Completed });
        Assert.Equal("Hook sign-off: It was rejected.", service.Deployments[1].Reason);
    }

    [Fact]
    public async Task Stop_WhileAHookRuns_StopsItsJob()
    {
        await Up();
        await Put(Spec("sleep 20000000", Hook("slow", "sleep 10000000", DeploymentHookStage.PreScaleUp)));
        var waiting = await _cluster.WaitForService("web", "runs its hook", service => service.Deployments[0].Hooks is [{ JobId: not null }]);
        _cluster.Advance(TimeSpan.FromSeconds(20));

        Assert.True((await _cluster.StopServiceDeployment("web")).IsAccepted);
        var service = await _cluster.WaitForService("web", "is as before", service => service.Deployments[0] is { RollbackOf: 2, Status: DeploymentStatus.Completed });
        _cluster.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(DeploymentStatus.Stopped, service.Deployments[1].Status);
        Assert.Equal(JobStatus.Stopped, (await _cluster.GetJob(waiting.Deployments[0].Hooks[0].JobId!))!.Status);
        Assert.Contains("no deployment under way", (await _cluster.StopServiceDeployment("web")).Refusal!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_HookOfADefinitionThatIsNotThere_IsRefused()
    {
        var hook = Hook("migrate", "true", DeploymentHookStage.PreScaleUp) with { Containers = [], Definition = "nowhere:3" };

        Assert.Equal("/deploymentConfiguration/hooks/0/definition", Assert.Single((await _cluster.PutService(Spec("sleep 10000000", hook))).Refusal!.Faults).Path);
    }

    private async Task Up()
    {
        await Put(Spec("sleep 10000000"));
        await _cluster.WaitForService("web", "is up", service => service.Deployments[0].Status == DeploymentStatus.Completed);
    }

    private async Task Put(ServiceSpec spec) => Assert.True((await _cluster.PutService(spec)).IsAccepted);

    private static DeploymentHookSpec Approval() => new() { Name = "sign-off", Stages = [DeploymentHookStage.PreScaleUp], Approval = true };

    private static DeploymentHookSpec Hook(string name, string script, DeploymentHookStage stage) => new() { Name = name, Stages = [stage], Containers = [Container(script)] };

    private static ServiceSpec Spec(string script, params DeploymentHookSpec[] hooks) => new()
    {
        Name = "web",
        DesiredCount = 2,
        Containers = [Container(script)],
        DeploymentConfiguration = new DeploymentConfiguration { Hooks = [.. hooks] },
    };

    private static ContainerSpec Container(string script) => new() { Name = "c", Image = "app", Command = ["sh", "-c", script], Resources = new Resources(10, 16, 0), StopTimeout = 1 };
}
