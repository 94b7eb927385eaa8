using System.Collections.Immutable;
using System.Net.Sockets;

namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class LaunchTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task Create_UserFolderAndEnvironment_ReachTheProcess()
    {
        var launch = Launch("main", "sh", "-c", "id -u; id -g; pwd; echo $GREETING");
        launch = launch with
        {
            Spec = launch.Spec with { User = "1000:1001", WorkingDirectory = "/tmp" },
            Environment = launch.Environment.Add("GREETING", "a=b c"),
        };

        var (info, lines) = await RunAndRead(launch);

        Assert.Equal(["1000", "1001", "/tmp", "a=b c"], lines);
        Assert.Equal(0, info.ExitCode);
    }

    [Fact]
    public async Task Create_EntryPointAndCommand_AreJoined()
    {
        var launch = Launch("main", "two", "three");

        var (_, lines) = await RunAndRead(launch with { Spec = launch.Spec with { EntryPoint = ["echo", "one"] } });

        Assert.Equal(["one two three"], lines);
    }

    [Fact]
    public async Task Create_HostVolume_IsMountedReadOnlyAndReadWrite()
    {
        var folder = Directory.CreateTempSubdirectory("ocs-test-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "in"), "from the host");
            var launch = Mounted(
                Launch("main", "sh", "-c", "cat /ro/in > /rw/out; { echo no > /ro/in; } 2> /dev/null || echo refused"),
                new VolumeSpec { Name = "data", Host = folder.FullName },
                new MountSpec { Volume = "data", Path = "/rw" },
                new MountSpec { Volume = "data", Path = "/ro", ReadOnly = true });

            var (_, lines) = await RunAndRead(launch);

            Assert.Equal(["refused"], lines);
            Assert.Equal("from the host", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "out")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Create_NamedVolume_OutlivesItsContainer()
    {
        var volume = new VolumeSpec { Name = "data", Named = Cluster };
        var mount = new MountSpec { Volume = "data", Path = "/data" };
        var writer = await Run(Mounted(Launch("writer", "sh", "-c", "echo kept > /data/file"), volume, mount));
        await Runtime.Remove(writer.Id, CancellationToken.None);

        var (_, lines) = await RunAndRead(Mounted(Launch("reader", "cat", "/data/file"), volume, mount));

        Assert.Equal(["kept"], lines);
    }

    [Fact]
    public async Task Create_BridgeWithPort_AnswersOnTheHost()
    {
        var port = FreePort.Find();
        var launch = Launch("main", "sh", "-c", "echo hello > /tmp/index.html; echo up; exec httpd -f -p 80 -h /tmp");
        var id = await CreateAndStart(launch with
        {
            Network = NetworkMode.Bridge,
            Spec = launch.Spec with { Ports = [new PortMapping { Container = 80, Host = port }] },
        });
        await WaitForLine(id, "up");

        using var http = new HttpClient();
        var answer = await Poll.Until("an answer from the published port", async () =>
        {
            try
            {
                return await http.GetStringAsync($"http://127.0.0.1:{port}/index.html");
            }
            catch (HttpRequestException e) when (e.InnerException is IOException or SocketException)
            {
                return null;
            }
        });

        Assert.Equal("hello\n", answer);
    }

    [Fact]
    public async Task Create_PortsLeftToDocker_AreReadBackEachAnotherOne()
    {
        var launch = Launch("main", "sleep", "60");
        launch = launch with
        {
            Network = NetworkMode.Bridge,
            PublishAt = "127.0.0.1",
            Spec = launch.Spec with { Ports = [new PortMapping { Container = 80 }, new PortMapping { Container = 53, Protocol = PortProtocol.Udp }, new PortMapping { Container = 81, Host = FreePort.Find() }] },
        };
        var id = await Runtime.Create(launch, CancellationToken.None);
        Assert.Empty((await Runtime.Inspect(id, CancellationToken.None))!.Ports);
        await Runtime.Start(id, CancellationToken.None);

        var ports = (await Runtime.Inspect(id, CancellationToken.None))!.Ports;

        Assert.Equal([(53, PortProtocol.Udp), (80, PortProtocol.Tcp), (81, PortProtocol.Tcp)], ports.Select(port => (port.Container, port.Protocol)));
        Assert.Equal(launch.Spec.Ports[2].Host, ports[2].Host);
        Assert.All(ports, port => Assert.InRange(port.Host, 1, 65_535));
    }

    [Theory]
    [InlineData(NetworkMode.None, "none", "lo")]
    [InlineData(NetworkMode.Bridge, "bridge", "eth0")]
    [InlineData(NetworkMode.Host, "host", "docker0")]
    public async Task Create_NetworkMode_DecidesWhatInterfacesThereAre(NetworkMode mode, string word, string telling)
    {
        var (info, lines) = await RunAndRead(Launch("main", "ls", "/sys/class/net") with { Network = mode });

        Assert.Equal(word, (await Client.InspectContainer(info.Id, CancellationToken.None))!.HostConfig!.NetworkMode);
        Assert.Contains("lo", lines);
        Assert.Contains(telling, lines);
        Assert.Equal(mode == NetworkMode.Host, lines.Contains("docker0"));
        Assert.Equal(mode == NetworkMode.None, lines is ["lo"]);
    }

    private static ContainerLaunch Mounted(ContainerLaunch launch, VolumeSpec volume, params ImmutableArray<MountSpec> mounts) =>
        launch with { Volumes = [volume], Spec = launch.Spec with { Mounts = mounts } };
}
