namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class StopTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task Stop_OneThatCleansUp_LetsItEndByItself()
    {
        var id = await CreateAndStart(Launch("main", "sh", "-c", "trap 'echo bye; exit 7' TERM; echo up; while :; do usleep 10000; done"));
        await WaitForLine(id, "up");

        await Runtime.Stop(id, TimeSpan.FromSeconds(30), CancellationToken.None);

        var info = await Runtime.Inspect(id, CancellationToken.None);
        Assert.Equal((ContainerStatus.Stopped, 7), (info!.Status, info.ExitCode));
        Assert.Equal(["up", "bye"], (await ReadLog(id, true)).Select(line => line.Text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Stop_OneThatWillNot_KillsItAfterTheTimeout(int seconds)
    {
        var id = await CreateAndStart(Launch("main", "sh", "-c", "trap '' TERM; echo up; while :; do usleep 10000; done"));
        await WaitForLine(id, "up");

        await Runtime.Stop(id, TimeSpan.FromSeconds(seconds), CancellationToken.None);

        var info = await Runtime.Inspect(id, CancellationToken.None);
        Assert.Equal((ContainerStatus.Stopped, 137, false), (info!.Status, info.ExitCode, info.OutOfMemory));
    }

    [Fact]
    public async Task Stop_OneThatHasEndedOrNeverStarted_ChangesNothing()
    {
        var ended = await Run(Launch("ended", "sh", "-c", "exit 3"));
        var waiting = await Runtime.Create(Launch("waiting", "true"), CancellationToken.None);

        await Runtime.Stop(ended.Id, TimeSpan.FromSeconds(1), CancellationToken.None);
        await Runtime.Stop(waiting, TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.Equal(ended, await Runtime.Inspect(ended.Id, CancellationToken.None));
        Assert.Equal(ContainerStatus.Created, (await Runtime.Inspect(waiting, CancellationToken.None))!.Status);
    }
}
