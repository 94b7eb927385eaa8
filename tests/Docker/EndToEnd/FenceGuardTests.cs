using OrleansCluster.Silo.Hosting.Fencing;

namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary>The guard beside a silo, on real containers.</summary>
public sealed class FenceGuardTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task Run_TheLeaseIsOver_StopsAllButWhatIsKeptAndEnds()
    {
        var folder = Directory.CreateTempSubdirectory("ocs-guard-").FullName;
        try
        {
            var fenced = await CreateAndStart(Launch("fenced", "sleep", "600"));
            var launch = Launch("kept", "sleep", "600");
            var kept = await CreateAndStart(launch with { Labels = launch.Labels with { IsKept = true } });
            new LeaseFile(folder, TimeProvider.System).Write(TimeSpan.FromMilliseconds(200));

            var exitCode = await GuardProgram.Run(
                [GuardProgram.Verb, "--folder", folder, "--docker-host", Daemon.Options.Endpoint.Text, "--cluster", Cluster, "--node", Node, "--fence-milliseconds", "500"]);

            Assert.Equal(0, exitCode);
            Assert.Equal(ContainerStatus.Stopped, (await Runtime.Inspect(fenced, CancellationToken.None))!.Status);
            Assert.True(new FencedFile(folder).Has(fenced));
            var left = (await Runtime.Inspect(kept, CancellationToken.None))!;
            Assert.Equal((ContainerStatus.Running, true), (left.Status, left.Labels.IsKept));
            Assert.False(new FencedFile(folder).Has(kept));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
