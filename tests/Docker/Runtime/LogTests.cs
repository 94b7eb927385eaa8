namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class LogTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task ReadLog_BothOutputs_KeepsEachInOrderWithItsTimes()
    {
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        var info = await Run(Launch("main", "sh", "-c", "for i in 1 2 3; do echo out $i; echo err $i >&2; done"));

        var lines = await ReadLog(info.Id, false);

        Assert.Equal(["out 1", "out 2", "out 3"], lines.Where(line => line.Stream == "stdout").Select(line => line.Text));
        Assert.Equal(["err 1", "err 2", "err 3"], lines.Where(line => line.Stream == "stderr").Select(line => line.Text));
        Assert.All(lines, line => Assert.InRange(line.Time, before, info.EndedAt!.Value.AddMinutes(1)));
    }

    [Fact]
    public async Task ReadLog_Follow_YieldsWhileItRunsAndEndsWithIt()
    {
        var id = await CreateAndStart(Launch(
            "main", "sh", "-c", "echo waiting; trap 'echo told; exit 0' TERM; while :; do usleep 10000; done"));
        var seen = new List<string>();

        await foreach (var line in Runtime.ReadLog(id, true, CancellationToken.None))
        {
            seen.Add(line.Text);
            // Only a log that is followed gets this far: the second line is written after the first was read.
            if (line.Text == "waiting") await Client.KillContainer(id, "TERM", CancellationToken.None);
        }

        Assert.Equal(["waiting", "told"], seen);
        Assert.Equal(ContainerStatus.Stopped, (await End(id)).Status);
    }

    [Fact]
    public async Task ReadLog_WithoutFollow_EndsWhileItRuns()
    {
        var id = await CreateAndStart(Launch("main", "sh", "-c", "echo up; sleep 1000"));
        await WaitForLine(id, "up");

        Assert.Equal(["up"], (await ReadLog(id, false)).Select(line => line.Text));
    }

    [Fact]
    public async Task ReadLog_LongLineAndOneWithoutAnEnd_AreWhole()
    {
        var info = await Run(Launch("main", "sh", "-c", "head -c 40000 /dev/zero | tr '\\0' x; echo; printf unfinished"));

        var lines = await ReadLog(info.Id, false);

        Assert.Equal([new string('x', 40_000), "unfinished"], lines.Select(line => line.Text));
    }

    [Fact]
    public async Task ReadLog_CancelledWhileFollowing_Ends()
    {
        var id = await CreateAndStart(Launch("main", "sh", "-c", "echo up; sleep 1000"));
        using var enough = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var line in Runtime.ReadLog(id, true, enough.Token)) await enough.CancelAsync();
        });
    }
}
