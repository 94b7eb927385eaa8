using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;
using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

public sealed class SimulatedRuntimeTests
{
    private readonly ManualClock _clock = new();
    private readonly SimulatedRuntime _runtime;

    public SimulatedRuntimeTests() => _runtime = new SimulatedRuntime(new Resources(1000, 1024, 0), _clock);

    [Theory]
    [InlineData("sleep 3", 3000, 0)]
    [InlineData("sleep 0.5", 500, 0)]
    [InlineData("sleep 1; exit 7", 1000, 7)]
    [InlineData("sleep 1; sleep 2", 3000, 0)]
    [InlineData("exit 7; sleep 9", 0, 7)]
    [InlineData("true", 0, 0)]
    [InlineData("false", 0, 1)]
    [InlineData("wc -l /data", 100, 0)]
    [InlineData("oom", 100, 137)]
    public async Task Start_ACommand_EndsAfterItsTimeWithItsCode(string script, int milliseconds, int exitCode)
    {
        var id = await Create("a", "sh", "-c", script);
        await _runtime.Start(id, CancellationToken.None);
        if (milliseconds > 0)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.Equal(ContainerStatus.Running, (await Inspect(id)).Status);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(ContainerStatus.Stopped, (await Inspect(id)).Status);
        Assert.Equal(exitCode, (await Inspect(id)).ExitCode);
        Assert.Equal(script == "oom", (await Inspect(id)).OutOfMemory);
    }

    [Fact]
    public async Task Create_TheSameNameTwice_ReturnsTheSameContainer() => Assert.Equal(await Create("a", "true"), await Create("a", "true"));

    [Fact]
    public async Task Start_AnEndedContainer_LeavesItAlone()
    {
        var id = await Create("a", "exit", "2");
        await _runtime.Start(id, CancellationToken.None);
        await _runtime.Start(id, CancellationToken.None);

        Assert.Equal(2, (await Inspect(id)).ExitCode);
    }

    [Fact]
    public async Task Stop_ARunningContainer_EndsItNow()
    {
        var id = await Create("a", "sleep", "60");
        await _runtime.Start(id, CancellationToken.None);
        await _runtime.Stop(id, TimeSpan.FromSeconds(30), CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(143, (await Inspect(id)).ExitCode);
    }

    [Fact]
    public async Task Stop_AContainerThatIgnoresTheSignal_KillsItAfterTheTimeout()
    {
        var id = await Create("a", "sh", "-c", "trap '' TERM; sleep 60");
        await _runtime.Start(id, CancellationToken.None);
        var stop = _runtime.Stop(id, TimeSpan.FromSeconds(5), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(ContainerStatus.Running, (await Inspect(id)).Status);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await stop;

        Assert.Equal(137, (await Inspect(id)).ExitCode);
    }

    [Fact]
    public async Task Create_AnImageThatIsMissing_IsRefusedAsImage()
    {
        var refused = await Assert.ThrowsAsync<ContainerException>(() => _runtime.Create(Launch("a") with { Spec = Container("a") with { Image = "missing/x" } }, CancellationToken.None));

        Assert.Equal(ContainerFailure.Image, refused.Failure);
    }

    [Fact]
    public async Task ReadLog_Following_SeesLaterLinesAndTheEnd()
    {
        var id = await Create("a", "sh", "-c", "echo one; sleep 5; echo 'two three'");
        await _runtime.Start(id, CancellationToken.None);
        await using var lines = _runtime.ReadLog(id, follow: true, CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("one", lines.Current.Text);
        var next = lines.MoveNextAsync();
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await next);
        Assert.Equal("two three", lines.Current.Text);
        Assert.False(await lines.MoveNextAsync());
    }

    [Fact]
    public async Task List_SeveralNodes_OnlyThatNode()
    {
        await Create("a", "true");
        await _runtime.Create(Launch("b") with { Labels = new ContainerLabels("lab", "other", "job.step.0", 1, "b") }, CancellationToken.None);

        Assert.Equal("a", Assert.Single(await _runtime.List("lab", "n1", CancellationToken.None)).Labels.Container);
    }

    private async Task<ContainerInfo> Inspect(string id) => (await _runtime.Inspect(id, CancellationToken.None))!;

    private Task<string> Create(string name, params string[] command) =>
        _runtime.Create(Launch(name) with { Spec = Container(name, command) }, CancellationToken.None);

    private static ContainerLaunch Launch(string name) => new()
    {
        Labels = new ContainerLabels("lab", "n1", "job.step.0", 1, name),
        Spec = Container(name),
        Volumes = [],
        Network = NetworkMode.Bridge,
        Environment = Container(name).Environment,
    };
}
