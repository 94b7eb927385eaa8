using OrleansCluster.Silo.Agent.Docker;
using OrleansCluster.Silo.Agent.Docker.Wire;

namespace OrleansCluster.Tests.Docker.Client;

public sealed class BareLoopTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task CreateStartWaitRemove_WithTheClientAlone_RunsAContainer()
    {
        var created = await Client.CreateContainer(
            $"{Cluster}-bare",
            new CreateContainer
            {
                Image = Daemon.Image,
                Cmd = ["sh", "-c", "exit 5"],
                Labels = new() { [DockerLabels.Cluster] = Cluster },
                HostConfig = new HostConfig { NetworkMode = "host", Init = true },
            },
            CancellationToken.None);
        var end = Client.WaitContainer(created.Id, WaitCondition.NextExit, CancellationToken.None);
        await Client.StartContainer(created.Id, CancellationToken.None);
        var exit = await end;
        await Client.RemoveContainer(created.Id, CancellationToken.None);

        Assert.Equal(5, exit.StatusCode);
        Assert.Null(await Client.InspectContainer(created.Id, CancellationToken.None));
    }

    [Fact]
    public async Task NegotiateVersion_ARealDaemon_AgreesOnWhatBothSpeak()
    {
        var theirs = Version.Parse(await Client.Ping(CancellationToken.None));

        var agreed = Version.Parse(await Client.NegotiateVersion(CancellationToken.None));

        Assert.InRange(agreed, new Version(1, 41), theirs);
    }
}
