namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class DirectoryTests(Daemon daemon) : DockerTest(daemon)
{
    [Theory]
    [InlineData("/state")]
    [InlineData("/not/in/the/image/state/")]
    public async Task Export_IntoANewContainer_BringsItBackWithOwnersAndModes(string path)
    {
        var source = await Run(Launch("source", "sh", "-c", $"mkdir -p {path}/sub && echo 7 > {path}/sub/n && chmod 640 {path}/sub/n && chown 12:34 {path}/sub/n"));
        var sink = await Runtime.Create(Launch("sink", "sh", "-c", $"cat {path}/sub/n; stat -c %a-%u-%g {path}/sub/n"), CancellationToken.None);

        await using (var tar = await Runtime.Export(source.Id, path, CancellationToken.None))
            await Runtime.Import(sink, path, tar!, CancellationToken.None);
        await Runtime.Start(sink, CancellationToken.None);

        Assert.Equal(["7", "640-12-34"], (await ReadLog(sink, true)).Select(line => line.Text));
    }

    [Fact]
    public async Task Export_WhatIsNotThere_IsNothing()
    {
        var id = await Runtime.Create(Launch("main", "true"), CancellationToken.None);

        Assert.Null(await Runtime.Export(id, "/no/such", CancellationToken.None));
        Assert.Null(await Runtime.Export("gone", "/tmp", CancellationToken.None));
    }

    [Fact]
    public async Task Signal_ToAProgramThatListens_Arrives()
    {
        var id = await Runtime.Create(Launch("main", "sh", "-c", "trap 'echo heard; exit 5' USR1; echo ready; while true; do sleep 0.1; done"), CancellationToken.None);
        await Runtime.Start(id, CancellationToken.None);
        await Poll.Until("a program that listens", async () => (await ReadLog(id, false)).Any(line => line.Text == "ready") ? "so" : null);

        await Runtime.Signal(id, "SIGUSR1", CancellationToken.None);
        var lines = await ReadLog(id, true);
        await Runtime.Signal(id, "SIGUSR1", CancellationToken.None);

        Assert.Equal("heard", lines[^1].Text);
    }
}
