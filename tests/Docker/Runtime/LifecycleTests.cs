namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class LifecycleTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task Create_Twice_ReturnsTheSameContainer()
    {
        var launch = Launch("main", "true");

        var first = await Runtime.Create(launch, CancellationToken.None);
        var second = await Runtime.Create(launch, CancellationToken.None);

        Assert.Equal(first, second);
        Assert.Single(await Runtime.List(Cluster, Node, CancellationToken.None));
    }

    [Fact]
    public async Task Create_NameOfAForeignContainer_IsRefused()
    {
        var launch = Launch("main", "true");
        var foreign = await Client.CreateContainer(
            launch.Name, new() { Image = Daemon.Image, Labels = new() { ["ocs.cluster"] = Cluster } }, CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<ContainerException>(() => Runtime.Create(launch, CancellationToken.None));

        Assert.Equal(ContainerFailure.Create, refusal.Failure);
        Assert.Contains(launch.Name, refusal.Message);
        Assert.Null(await Runtime.Inspect(foreign.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Inspect_FromCreatedToStopped_ShowsEachState()
    {
        var launch = Launch("main", "sh", "-c", "echo up; sleep 1000");

        var id = await Runtime.Create(launch, CancellationToken.None);
        var created = await Runtime.Inspect(id, CancellationToken.None);
        await Runtime.Start(id, CancellationToken.None);
        await WaitForLine(id, "up");
        var running = await Runtime.Inspect(id, CancellationToken.None);
        await Runtime.Stop(id, TimeSpan.FromSeconds(10), CancellationToken.None);
        var stopped = await Runtime.Inspect(id, CancellationToken.None);

        Assert.Equal(
            new ContainerInfo { Id = id, Labels = launch.Labels, Status = ContainerStatus.Created },
            created);
        Assert.Equal((ContainerStatus.Running, null, null), (running!.Status, running.ExitCode, running.EndedAt));
        Assert.NotNull(running.StartedAt);
        Assert.Equal((ContainerStatus.Stopped, 143, false), (stopped!.Status, stopped.ExitCode, stopped.OutOfMemory));
        Assert.True(stopped.EndedAt >= stopped.StartedAt);
    }

    [Fact]
    public async Task Start_OneThatHasEnded_DoesNotRunItAgain()
    {
        var id = (await Run(Launch("main", "echo", "once"))).Id;

        await Runtime.Start(id, CancellationToken.None);

        Assert.Equal(["once"], (await ReadLog(id, true)).Select(line => line.Text));
    }

    [Fact]
    public async Task Start_OneThatRuns_LeavesItAlone()
    {
        var id = await CreateAndStart(Launch("main", "sleep", "1000"));
        var before = await Client.InspectContainer(id, CancellationToken.None);

        await Runtime.Start(id, CancellationToken.None);

        Assert.Equal(before!.State, (await Client.InspectContainer(id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Remove_OneThatRuns_LeavesNothing()
    {
        var id = await CreateAndStart(Launch("main", "sleep", "1000"));

        await Runtime.Remove(id, CancellationToken.None);

        Assert.Null(await Runtime.Inspect(id, CancellationToken.None));
        Assert.Empty(await Runtime.List(Cluster, Node, CancellationToken.None));
    }

    [Fact]
    public async Task StopAndRemove_OneThatIsGone_Succeed()
    {
        var id = await Runtime.Create(Launch("main", "true"), CancellationToken.None);
        await Runtime.Remove(id, CancellationToken.None);

        await Runtime.Stop(id, TimeSpan.Zero, CancellationToken.None);
        await Runtime.Remove(id, CancellationToken.None);

        Assert.Null(await Runtime.Inspect(id, CancellationToken.None));
        Assert.Empty(await ReadLog(id, true));
    }

    [Fact]
    public async Task List_SeveralNodesAndClusters_ReturnsThoseOfTheNode()
    {
        var mine = Launch("main", "true");
        var ended = (await Run(mine)).Id;
        var waiting = await Runtime.Create(mine with { Labels = mine.Labels with { Attempt = 2 } }, CancellationToken.None);
        await Runtime.Create(mine with { Labels = mine.Labels with { Attempt = 3, Node = "node-2" } }, CancellationToken.None);

        var found = await Runtime.List(Cluster, Node, CancellationToken.None);

        Assert.Equivalent(
            new[] { (ended, ContainerStatus.Stopped, 1), (waiting, ContainerStatus.Created, 2) },
            found.Select(info => (info.Id, info.Status, info.Labels.Attempt)),
            strict: true);
        Assert.Empty(await Runtime.List(Cluster + "-other", Node, CancellationToken.None));
    }

    [Fact]
    public async Task Describe_Always_NamesDockerAndItsVersion() =>
        Assert.Matches(@"^docker \d+\.\d+", await Runtime.Describe(CancellationToken.None));

    [Fact]
    public async Task MeasureCapacity_Always_IsThatOfTheDaemonsHost()
    {
        var info = await Client.GetInfo(CancellationToken.None);

        var capacity = await Runtime.MeasureCapacity(CancellationToken.None);

        Assert.Equal((info.Cpus * 1000, (int)(info.MemTotal >> 20)), (capacity.Cpu, capacity.Memory));
        Assert.Equal(Daemon.Options.Endpoint.IsLocal && Directory.Exists(info.DockerRootDir), capacity.Disk > 0);
    }
}
