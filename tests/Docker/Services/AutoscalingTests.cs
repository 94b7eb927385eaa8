using OrleansCluster.Tests.Docker.EndToEnd;

namespace OrleansCluster.Tests.Docker.Services;

/// <summary>Services in real containers that are scaled by what these use, and by a metric that is put.</summary>
public sealed class AutoscalingTests(Daemon daemon) : EndToEndTest(daemon)
{
    /// <summary>As long as there is a file, all its CPU.</summary>
    private const string Burner = "while :; do if [ -f /out/burn ]; then i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; else sleep 1; fi; done";

    private string Burn => Path.Combine(Out, "burn");

    [Fact]
    public async Task Cpu_TasksBurnIt_AreMoreUntilTheyRest()
    {
        await using var silo = await ServiceSilo.Start(Data, Cluster);
        var service = silo.Service(Cluster, "burner");
        await File.WriteAllTextAsync(Burn, "");
        await WebService.Put(service, Spec("burner", Burner, new ScalingPolicy { Metric = "cpu", Target = 30, ScaleOutCooldown = 5, ScaleInCooldown = 20 }));

        await WebService.WaitFor(service, "has three tasks", view => view is { Desired: 3, Healthy: 3 });
        var busy = (await service.Get())!;
        Assert.InRange(busy.Metrics.Single(metric => metric.Name == "cpu").Value, 30, 120);
        Assert.InRange(busy.Metrics.Single(metric => metric.Name == "memory").Value, 0.1, 100);
        File.Delete(Burn);
        await WebService.WaitFor(service, "has one task again", view => view is { Desired: 1, Tasks.Length: 1 });

        var events = (await service.Get())!.Events.Select(one => one.Message).ToList();
        Assert.Contains(events, message => message.StartsWith("The desired count is 3, and was ", StringComparison.Ordinal) && message.Contains("cpu is ", StringComparison.Ordinal));
        await WebService.Delete(service);
    }

    [Fact]
    public async Task Metric_IsPut_TasksFollowIt()
    {
        await using var silo = await ServiceSilo.Start(Data, Cluster);
        var service = silo.Service(Cluster, "worker");
        await WebService.Put(service, Spec("worker", "sleep 1000000", new ScalingPolicy { Metric = "queue", Target = 100, PerTask = true, ScaleOutCooldown = 5, ScaleInCooldown = 5 }));

        Assert.True((await service.PutMetric("queue", 250)).IsAccepted);
        await WebService.WaitFor(service, "has three tasks", view => view is { Desired: 3, Healthy: 3 });
        await Poll.Until("one task", async () =>
        {
            await service.PutMetric("queue", 0);
            return (await service.Get()) is { Desired: 1, Tasks.Length: 1 } ? "so" : null;
        });
        await WebService.Delete(service);
    }

    private ServiceSpec Spec(string name, string script, ScalingPolicy policy) => new()
    {
        Name = name,
        Network = NetworkMode.Host,
        Containers = [Shell("main", script) with { Resources = new Resources(100, 16, 0), StopTimeout = 1 }],
        Volumes = [new VolumeSpec { Name = "out", Host = Out }],
        Autoscaling = new AutoscalingSpec { Minimum = 1, Maximum = 3, Policies = [policy] },
        DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyTime = 1 },
    };
}
