using OrleansCluster.Tests.Docker.EndToEnd;

namespace OrleansCluster.Tests.Docker.Services;

/// <summary>Deployments whose hooks are real containers.</summary>
public sealed class HookTests(Daemon daemon) : EndToEndTest(daemon)
{
    private string Runs => Path.Combine(Out, "runs");

    [Fact]
    public async Task Deploy_WithHooks_GoesOnWhenTheyHaveRunAndIsTakenBackWhereOneFails()
    {
        await using var silo = await ServiceSilo.Start(Data, Cluster);
        var service = silo.Service(Cluster, "shop");
        await WebService.Put(service, Spec("one"));
        await WebService.WaitFor(service, "waits for an approval", view => Hook(view, "sign-off") is HookStatus.Pending);
        var early = (await service.Get())!.Deployments[0].Status;
        Assert.True((await service.Approve("sign-off", deployment: 1, approve: true)).IsAccepted);
        await WebService.WaitFor(service, "is complete", view => view.Deployments[0].Status == DeploymentStatus.Completed);
        var kept = TasksOf((await service.Get())!);

        // From here on what tries it says no.
        await File.WriteAllTextAsync(Path.Combine(Out, "broken"), "");
        await WebService.Put(service, Spec("two"));
        await WebService.WaitFor(service, "is taken back", view => view.Deployments[0] is { RollbackOf: 2, Status: DeploymentStatus.Completed } && view.Tasks.Length == 2);

        Assert.Equal(DeploymentStatus.InProgress, early);
        Assert.Equal(["migrate 1 1 PRE_SCALE_UP", "try 1 1 POST_SCALE_UP", "migrate 2 2 PRE_SCALE_UP", "try 2 2 POST_SCALE_UP"], await File.ReadAllLinesAsync(Runs));
        var last = (await service.Get())!;
        Assert.Equal((DeploymentStatus.Failed, kept), (last.Deployments[1].Status, TasksOf(last)));
        Assert.Contains("smoke-test", last.Deployments[1].Reason, StringComparison.Ordinal);
        await WebService.Delete(service);
    }

    private static string TasksOf(ServiceView view) => string.Join(' ', view.Tasks.Select(task => task.Id).Order(StringComparer.Ordinal));

    private static HookStatus? Hook(ServiceView view, string name) => view.Deployments[0].Hooks.FirstOrDefault(hook => hook.Name == name)?.Status;

    private ServiceSpec Spec(string version) => new()
    {
        Name = "shop",
        DesiredCount = 2,
        Network = NetworkMode.Host,
        Containers = [Shell("main", $": {version}; exec sleep 1000000") with { StopTimeout = 1 }],
        Volumes = [new VolumeSpec { Name = "out", Host = Out }],
        DeploymentConfiguration = new DeploymentConfiguration
        {
            Strategy = DeploymentStrategy.BlueGreen,
            BakeTime = 0,
            MinimumHealthyTime = 1,
            Hooks =
            [
                Job("migrate", DeploymentHookStage.PreScaleUp, "echo migrate $OCS_DEPLOYMENT $OCS_REVISION $OCS_STAGE >> /out/runs"),
                Job("smoke-test", DeploymentHookStage.PostScaleUp, "echo try $OCS_DEPLOYMENT $OCS_REVISION $OCS_STAGE >> /out/runs; test ! -f /out/broken"),
                new DeploymentHookSpec { Name = "sign-off", Stages = [DeploymentHookStage.PostScaleUp], Approval = true },
            ],
        },
    };

    private DeploymentHookSpec Job(string name, DeploymentHookStage stage, string script) => new()
    {
        Name = name,
        Stages = [stage],
        Network = NetworkMode.Host,
        Containers = [Shell("main", script)],
        Volumes = [new VolumeSpec { Name = "out", Host = Out }],
        Timeout = 120,
    };
}
