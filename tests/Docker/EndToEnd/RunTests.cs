namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary><c>ocs run</c> ends as its container does.</summary>
public sealed class RunTests(Daemon daemon) : EndToEndTest(daemon)
{
    [Fact]
    public async Task Run_ContainersThatEndInDifferentWays_EndsWithTheirExitCodes()
    {
        await using var silo = await StartSilo();
        var address = new Uri(await File.ReadAllTextAsync(Path.Combine(Data, "api.address")));
        using var code = Ocs("--", "sh", "-c", "echo out; echo err >&2; exit 42");
        using var killed = Ocs("--", "sh", "-c", "kill -9 $$");
        using var binary = Ocs("--", "/no/such/binary");
        using var script = OcsProcess.Start(address, Cluster, "job", "submit", WriteScript("#!/bin/sh\n#OCS --image=" + Daemon.Image + " --memory=16\nset -e\ntest $OCS_TASK_INDEX = 0\n"), "--watch");

        var ended = await code.WaitForEnd();
        Assert.Equal((42, "out\n"), (ended.ExitCode, ended.Out));

        // On a busy host it says first that it waits for a node.
        Assert.EndsWith("err\n", ended.Error);
        Assert.Equal(137, (await killed.WaitForEnd()).ExitCode);
        var (exitCode, _, error) = await binary.WaitForEnd();
        Assert.Equal(126, exitCode);
        Assert.Contains("CannotStartContainerError", error);
        Assert.Equal(0, (await script.WaitForEnd()).ExitCode);

        OcsProcess Ocs(params string[] arguments) => OcsProcess.Start(address, Cluster, ["run", Daemon.Image, "--memory", "16", .. arguments]);
    }

    [Fact]
    public async Task Run_Interrupted_StopsTheContainerAndLeavesNothing()
    {
        await using var silo = await StartSilo();
        using var running = OcsProcess.Start(
            new Uri(await File.ReadAllTextAsync(Path.Combine(Data, "api.address"))), Cluster, "run", Daemon.Image, "--name", "long", "--", "sleep", "600");
        var job = await Poll.Until("a container that runs", async () =>
            await silo.Client.Jobs.ListAsync(status: null).FirstOrDefaultAsync() is { } found && found.Tasks[0].Running == 1 ? found.Id : null);

        await running.Interrupt();
        var (exitCode, output, error) = await running.WaitForEnd();

        Assert.Equal((130, ""), (exitCode, output));
        Assert.Contains($"Interrupted. Job {job} is STOPPED.", error);
        await Poll.Until("no container", async () => (await Runtime.List(Cluster, "host", CancellationToken.None)).IsEmpty ? "so" : null);
    }

    private string WriteScript(string text)
    {
        var path = Path.Combine(Data, "script.sh");
        File.WriteAllText(path, text);
        return path;
    }
}
