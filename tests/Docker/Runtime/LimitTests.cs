namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class LimitTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task Create_Resources_BecomeHardLimits()
    {
        var launch = Launch("main", "true");
        var id = await Runtime.Create(
            launch with { Spec = launch.Spec with { Resources = new Resources(250, 32, 0) } }, CancellationToken.None);

        var host = (await Client.InspectContainer(id, CancellationToken.None))!.HostConfig!;

        Assert.Equal((100_000, 25_000), (host.CpuPeriod, host.CpuQuota));
        Assert.Equal((32L << 20, 32L << 20), (host.Memory, host.MemorySwap));
        Assert.Equal((true, "no"), (host.Init, host.RestartPolicy!.Name));
        Assert.Equal(("json-file", "2m"), (host.LogConfig!.Type, host.LogConfig.Config!["max-size"]));
    }

    [Fact]
    public async Task Start_CpuLimit_IsInForce()
    {
        // One file in version 1 of control groups, another in version 2.
        var launch = Launch("main", "sh", "-c", "cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null || cat /sys/fs/cgroup/cpu.max");

        var (_, lines) = await RunAndRead(launch with { Spec = launch.Spec with { Resources = new Resources(250, 32, 0) } });

        Assert.Equal("25000", Assert.Single(lines).Split(' ')[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Start_CpuBeyondWhatDockerTakesInCores_Runs(int millicores)
    {
        var launch = Launch("main", "true");

        var info = await Run(launch with { Spec = launch.Spec with { Resources = new Resources(millicores, 64, 0) } });

        Assert.Equal(0, info.ExitCode);
    }

    [Fact]
    public async Task Start_MoreMemoryThanItsLimit_EndsOutOfMemory()
    {
        // tail keeps a line of any length in memory; its process, not a child's, is the one to be killed.
        var launch = Launch("main", "tail", "/dev/zero");

        var ends = new List<ContainerInfo>();
        for (var tries = 0; tries < 3 && !ends.Exists(end => end.OutOfMemory); tries++)
        {
            // Docker hears of the kill and of the end on two ways, and forgets the kill where the end comes first, as it may on a busy machine.
            ends.Add(await Run(launch with { Spec = launch.Spec with { Resources = new Resources(1000, 16, 0) } }));
            await Runtime.Remove(ends[^1].Id, CancellationToken.None);
        }

        Assert.All(ends, end => Assert.Equal((ContainerStatus.Stopped, 137), (end.Status, end.ExitCode)));
        Assert.True(ends[^1].OutOfMemory, $"none of {ends.Count} containers is said to have run out of memory");
    }

    [Fact]
    public async Task Start_AChildOutOfMemoryThatIsOvercome_IsAGoodEnd()
    {
        var launch = Launch("main", "sh", "-c", "tail /dev/zero; exit 0");

        var info = await Run(launch with { Spec = launch.Spec with { Resources = new Resources(1000, 16, 0) } });

        Assert.Equal((ContainerStatus.Stopped, 0, false), (info.Status, info.ExitCode, info.OutOfMemory));
    }
}
