using OrleansCluster.Tests.Docker.EndToEnd;

namespace OrleansCluster.Tests.Docker.Images;

/// <summary>The silo's image as its host's agent.</summary>
public sealed class SiloContainerTests(Daemon daemon, SiloImage image) : EndToEndTest(daemon), IClassFixture<SiloImage>
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await image.EnsureBuilt();
    }

    [Fact]
    public async Task Container_WithTheDockerSocket_RunsAJobAndStopsInGoodOrder()
    {
        await using var silo = await SiloContainer.Start(Client, image.Tag, Cluster);

        var job = await silo.Client.Jobs.SubmitAsync(Job(
            Shell("many", 3, "echo $OCS_TASK_INDEX >> /out/many"),
            Shell("one", 1, "sort /out/many > /out/one", "many")));
        var ended = await WaitForEnd(silo.Client, job.Id);
        await silo.WaitUntilHealthy();
        var node = await silo.Client.Nodes.GetAsync("host");

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.Equal(["0", "1", "2"], await File.ReadAllLinesAsync(Path.Combine(Out, "one")));
        Assert.All([node.Capacity.Cpu, node.Capacity.Memory, node.Capacity.Disk], amount => Assert.True(amount > 0, $"measured {node.Capacity}"));
        Assert.Equal(0, await silo.Stop());
    }

    [Fact]
    public async Task Container_KilledWhileATaskRuns_AdoptsItWhenStartedAgain()
    {
        await using var silo = await SiloContainer.Start(Client, image.Tag, Cluster);
        var job = await silo.Client.Jobs.SubmitAsync(Job(Shell(
            "work", 1, "echo $OCS_EPOCH >> /out/started; until [ -e /out/gate ]; do sleep 0.1; done; echo $OCS_EPOCH >> /out/ended")));
        await WaitFor(silo.Client, job.Id, "runs its task", j => j.Tasks[0].Running == 1);
        var before = Assert.Single(await Runtime.List(Cluster, "host", CancellationToken.None));

        await silo.Kill();
        await silo.Start();
        await Poll.Until("the node to be back", async () => (await silo.Client.Nodes.GetAsync("host")) is { Status: NodeStatus.Active, TaskCount: 1 } node ? node : null);
        var after = Assert.Single(await Runtime.List(Cluster, "host", CancellationToken.None));
        await File.WriteAllTextAsync(Path.Combine(Out, "gate"), "");
        var ended = await WaitForEnd(silo.Client, job.Id);
        var task = await silo.Client.Tasks.GetAsync(TaskId.Of(job.Id, "work", 0));

        Assert.Equal((JobStatus.Succeeded, 1), (ended.Status, task.Attempt));
        Assert.Equal((before.Id, ContainerStatus.Running), (after.Id, after.Status));
        Assert.Equal(["1"], await File.ReadAllLinesAsync(Path.Combine(Out, "started")));
        Assert.Equal(["1"], await File.ReadAllLinesAsync(Path.Combine(Out, "ended")));
    }
}
