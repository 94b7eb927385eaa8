namespace OrleansCluster.Tests.Docker.Runtime;

/// <summary>What the runtime says of a container's health: its own checks in the container, and single ones over the network.</summary>
public sealed class HealthTests(Daemon daemon) : DockerTest(daemon)
{
    private const int Port = 8080;
    private static readonly HealthCheckSpec _tcp = new() { Tcp = new TcpCheckSpec { Port = Port } };
    private static readonly HealthCheckSpec _http = new() { Http = new HttpCheckSpec { Port = Port, Path = "/page" } };

    [Fact]
    public async Task Inspect_WithACommand_SaysWhatDockerHasFound()
    {
        var launch = Launch("main", "sleep", "1000");
        var well = await CreateAndStart(launch with { Spec = launch.Spec with { HealthCheck = new HealthCheckSpec { Command = ["true"], Interval = 1, Timeout = 60 } } });
        var other = Launch("other", "sleep", "1000");
        var ill = await CreateAndStart(other with { Spec = other.Spec with { HealthCheck = new HealthCheckSpec { Command = ["sh", "-c", "echo no; exit 3"], Interval = 1, Timeout = 60, Retries = 1 } } });

        Assert.Null((await UntilFound(well, HealthStatus.Healthy)).Health!.Reason);
        Assert.Equal("exit code 3: no", (await UntilFound(ill, HealthStatus.Unhealthy)).Health!.Reason);
    }

    [Fact]
    public async Task Inspect_WithoutACheck_SaysNothing() => Assert.Null((await Runtime.Inspect(await CreateAndStart(Launch("main", "sleep", "1000")), CancellationToken.None))!.Health);

    [Fact]
    public async Task Watch_HealthChanges_YieldsIt()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var launch = Launch("main", "sleep", "1000");
        var seen = 0;
        var watching = Task.Run(async () =>
        {
            // Its start, if the watch was there by then, and its health.
            await foreach (var change in Runtime.Watch(Cluster, Node, patience.Token))
            {
                Interlocked.Increment(ref seen);
                if ((await Runtime.Inspect(change.Id, patience.Token))?.Health is { Status: HealthStatus.Healthy })
                    return;
            }
        });

        await CreateAndStart(launch with { Spec = launch.Spec with { HealthCheck = new HealthCheckSpec { Command = ["true"], Interval = 2, Timeout = 60 } } });
        await watching.WaitAsync(patience.Token);

        Assert.InRange(seen, 1, 2);
    }

    /// <summary>On the bridge a published port would answer for a server that is not there.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Probe_ServerOnTheBridge_IsAsked(bool isPublished)
    {
        var launch = Launch("main", "sh", "-c", $"echo up; until [ -e /tmp/go ]; do sleep 0.1; done; exec httpd -f -p {Port} -h /tmp");
        var id = await CreateAndStart(launch with
        {
            Network = NetworkMode.Bridge,
            Spec = launch.Spec with { Ports = isPublished ? [new PortMapping { Container = Port, Host = FreePort.Find() }] : [] },
        });
        await WaitForLine(id, "up");
        Assert.Contains("refused", await Runtime.Probe(id, _tcp, CancellationToken.None), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("refused", await Runtime.Probe(id, _http, CancellationToken.None), StringComparison.OrdinalIgnoreCase);

        await Put(id, "go");
        await Poll.Until("a connection", async () => await Runtime.Probe(id, _tcp, CancellationToken.None) is null ? "so" : null);
        Assert.Equal("GET /page answered 404, expected 200 to 399", await Runtime.Probe(id, _http, CancellationToken.None));
        await Put(id, "page");

        Assert.Null(await Runtime.Probe(id, _http, CancellationToken.None));
        Assert.Equal("GET /page answered 200, expected 204", await Runtime.Probe(id, _http with { Http = _http.Http! with { Status = 204 } }, CancellationToken.None));
    }

    [Fact]
    public async Task Probe_AServerThatDoesNotAnswer_LastsAsLongAsTheTokenLetsIt()
    {
        var launch = Launch("main", "sh", "-c", $"echo up; sleep 1000 | nc -l -p {Port}");
        var id = await CreateAndStart(launch with { Network = NetworkMode.Bridge });
        await WaitForLine(id, "up");
        using var limit = new CancellationTokenSource();
        var asked = Runtime.Probe(id, _http, limit.Token);
        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Probe_AContainerThatIsGone_SaysSo() => Assert.Equal("the container is gone", await Runtime.Probe("no-such-container", _tcp, CancellationToken.None));

    private Task<ContainerInfo> UntilFound(string id, HealthStatus status) => Poll.Until(
        $"{id} to be {status}", async () => await Runtime.Inspect(id, CancellationToken.None) is { } info && info.Health?.Status == status ? info : null);

    /// <summary>An empty file in the container's /tmp.</summary>
    private async Task Put(string id, string name)
    {
        using var tar = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { Mode = (UnixFileMode)0x1A4 });
        tar.Position = 0;
        await Client.PutArchive(id, "/tmp", tar, CancellationToken.None);
    }
}
