using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Services from the SDK to simulated containers.</summary>
public sealed class ServiceTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-service-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Put_Service_IsDeployedScaledReplacedTakenBackAndDeleted()
    {
        await using var silo = await SimulatedSilo.Start(_data);
        await silo.Client.WaitForNode();
        var services = silo.Client.Services;

        var put = await services.PutAsync(Web(2), PutMode.Create);
        var deployed = await WaitFor(silo, "is deployed", view => view.Deployments[0].Status == DeploymentStatus.Completed);
        Assert.Equal((1, 2, 2), (put.Deployments[0].Number, deployed.Running, deployed.Healthy));

        await services.ScaleAsync("web", 3);
        var scaled = await WaitFor(silo, "has three tasks", view => view.Healthy == 3);
        Assert.Equal(1, scaled.Deployments[0].Number);

        var replaced = await services.PutAsync(Web(3, "sleep", "2000000"), PutMode.Update);
        Assert.Equal(2, replaced.Deployments[0].Number);
        await WaitFor(silo, "is replaced", view => view.Deployments[0].Status == DeploymentStatus.Completed);

        await services.RollbackAsync("web");
        var back = await WaitFor(silo, "is taken back", view => view.Deployments[0] is { Number: 3, Status: DeploymentStatus.Completed });
        Assert.All(back.Tasks, task => Assert.Equal(1, task.Revision));
        Assert.Single(await services.ListAsync().ToListAsync());

        await services.DeleteAsync("web");
        await Poll.Until("the service is gone", async () => !await services.ListAsync().AnyAsync());
        Assert.Equal(404, (await Assert.ThrowsAsync<ClusterApiException>(() => services.GetAsync("web"))).Status);
    }

    [Fact]
    public async Task Put_CreateOverAnotherOrUpdateOfNone_IsRefused()
    {
        await using var silo = await SimulatedSilo.Start(_data);
        var services = silo.Client.Services;

        Assert.Equal(404, (await Assert.ThrowsAsync<ClusterApiException>(() => services.PutAsync(Web(1), PutMode.Update))).Status);
        var first = await services.PutAsync(Web(1), PutMode.Create);
        var same = await services.PutAsync(Web(1), PutMode.Create);
        Assert.Equal(409, (await Assert.ThrowsAsync<ClusterApiException>(() => services.PutAsync(Web(2), PutMode.Create))).Status);
        Assert.Equal(409, (await Assert.ThrowsAsync<ClusterApiException>(() => services.RollbackAsync("web"))).Status);
        Assert.Equal((first.CreatedAt, 1), (same.CreatedAt, same.Deployments.Length));
    }

    [Fact]
    public async Task Tasks_OfAService_AreShownExplainedReadStoppedAndReplaced()
    {
        await using var silo = await SimulatedSilo.Start(_data);
        await silo.Client.WaitForNode();
        await silo.Client.Services.PutAsync(Web(1), PutMode.Any);
        var running = await WaitFor(silo, "runs", view => view.Healthy == 1);
        var id = running.Tasks[0].Id;
        var tasks = silo.Client.Tasks;

        Assert.True((await tasks.GetAsync(id)).IsOfService);
        Assert.Equal([id], (await tasks.GetPageOfServiceAsync("web", TaskState.Running, PageRequest.First)).Items.Select(task => task.Id));
        Assert.Equal("It runs on node.", (await tasks.ExplainAsync(id)).Summary);
        Assert.False((await tasks.GetLogsAsync(id, new LogQuery())).IsEnd);
        Assert.Equal(running.Version == 0, (await silo.Client.Services.ProtectAsync("web", id, TimeSpan.FromMinutes(1))).Tasks[0].ProtectedUntil is null);

        await tasks.StopAsync(id, "to see what comes");
        var replaced = await WaitFor(silo, "has another task", view => view.Tasks.Any(task => task.Id != id && task.IsHealthy));
        Assert.StartsWith("web.0.", replaced.Tasks.Single(task => task.IsHealthy).Id, StringComparison.Ordinal);
        Assert.Equal("to see what comes", (await tasks.GetAsync(id)).Reason);
    }

    [Fact]
    public async Task Hooks_OfADeployment_RunOnceWithWhatTheyAreToKnowAndWaitForAnApproval()
    {
        await using var silo = await SimulatedSilo.Start(_data);
        await silo.Client.WaitForNode();
        var migrate = new DeploymentHookSpec { Name = "migrate", Stages = [DeploymentHookStage.PreScaleUp], Containers = [Specs.Container(["true"])] };
        var signOff = new DeploymentHookSpec { Name = "sign-off", Stages = [DeploymentHookStage.PostScaleUp], Approval = true };
        await silo.Client.Services.PutAsync(Web(1) with { DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyTime = 0, Hooks = [migrate, signOff] } }, PutMode.Any);

        var waiting = await WaitFor(silo, "waits for an approval", view => view.Deployments[0].Hooks.Any(hook => hook is { Name: "sign-off", Status: HookStatus.Pending }));
        Assert.Equal(DeploymentStage.PostScaleUp, waiting.Deployments[0].Stage);
        var job = await silo.Client.Jobs.GetAsync(waiting.Deployments[0].Hooks.Single(hook => hook.Name == "migrate").JobId!);
        Assert.Equal((JobStatus.Succeeded, 1), (job.Status, job.Tasks[0].Succeeded));
        var environment = (await silo.Client.TaskDefinitions.GetAsync("web-hook-migrate", 1)).Containers[0].Environment;
        Assert.Equal(["OCS_DEPLOYMENT=1", "OCS_REVISION=1", "OCS_SERVICE=web", "OCS_STAGE=PRE_SCALE_UP"], environment.Select(one => $"{one.Key}={one.Value}"));

        await silo.Client.Services.ApproveAsync("web", "sign-off", deployment: 1);
        await WaitFor(silo, "is deployed", view => view.Deployments[0].Status == DeploymentStatus.Completed);
        Assert.Equal(409, (await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Services.ApproveAsync("web"))).Status);
    }

    [Fact]
    public async Task Restart_OfTheSilo_ServiceIsAsItWas()
    {
        long before;
        await using (var silo = await SimulatedSilo.Start(_data))
        {
            await silo.Client.WaitForNode();
            await silo.Client.Services.PutAsync(Web(2), PutMode.Any);
            before = (await WaitFor(silo, "is deployed", view => view.Deployments[0].Status == DeploymentStatus.Completed)).Version;
        }

        await using var again = await SimulatedSilo.Start(_data);
        var after = await WaitFor(again, "is healthy again", view => view.Healthy == 2);
        Assert.Equal((1, 2), (after.Deployments[0].Number, after.Spec.DesiredCount));
        Assert.NotEqual(before, after.Version);
    }

    private static ServiceSpec Web(int count, params string[] command) => new()
    {
        Name = "web",
        DesiredCount = count,
        Containers = [Specs.Container(command.Length == 0 ? ["sleep", "1000000"] : command)],
        DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyTime = 0 },
    };

    private static async Task<ServiceView> WaitFor(SimulatedSilo silo, string what, Func<ServiceView, bool> condition)
    {
        using var patience = new CancellationTokenSource(_patience);
        ServiceView? last = null;
        try
        {
            await foreach (var view in silo.Client.Services.WatchAsync("web", patience.Token))
            {
                last = view;
                if (condition(view))
                    return view;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Told below.
        }

        throw new Xunit.Sdk.XunitException($"Expected that service web {what}; after {_patience} it is {last}: {string.Join(", ", last?.Tasks ?? [])}; {string.Join(", ", last?.Deployments ?? [])}");
    }
}
