using System.Net;
using System.Net.Sockets;

namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class FailureTests(Daemon daemon) : DockerTest(daemon)
{
    /// <summary>A reserved name: no registry is there, with or without a network.</summary>
    private const string MissingImage = "registry.invalid/ocs/missing:1";

    [Fact]
    public async Task Create_MissingImage_BlamesTheImage()
    {
        var launch = Launch("main", "true");

        var failure = await Assert.ThrowsAsync<ContainerException>(() =>
            Runtime.Create(launch with { Spec = launch.Spec with { Image = MissingImage } }, CancellationToken.None));

        Assert.Equal(ContainerFailure.Image, failure.Failure);
        Assert.Contains("No such image", failure.Message);
    }

    [Fact]
    public async Task EnsureImage_NoRegistryHasIt_BlamesTheImage()
    {
        var failure = await Assert.ThrowsAsync<ContainerException>(() => Runtime.EnsureImage(MissingImage, CancellationToken.None));

        Assert.Equal(ContainerFailure.Image, failure.Failure);
        Assert.StartsWith("CannotPullContainerError: ", failure.Reason);
    }

    [Fact]
    public async Task EnsureImage_OneThatIsHere_AsksNoRegistry() => await Runtime.EnsureImage(Daemon.Image, CancellationToken.None);

    [Fact]
    public async Task Create_MountOfAMissingFolder_BlamesTheCreation()
    {
        var launch = Launch("main", "true");
        var missing = $"/nowhere/{Cluster}";

        var failure = await Assert.ThrowsAsync<ContainerException>(() => Runtime.Create(
            launch with
            {
                Volumes = [new VolumeSpec { Name = "data", Host = missing }],
                Spec = launch.Spec with { Mounts = [new MountSpec { Volume = "data", Path = "/data" }] },
            },
            CancellationToken.None));

        Assert.Equal(ContainerFailure.Create, failure.Failure);
        Assert.Contains(missing, failure.Message);
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task Create_MountOfAVolumeThatIsNotDefined_BlamesTheCreation()
    {
        var launch = Launch("main", "true");

        var failure = await Assert.ThrowsAsync<ContainerException>(() => Runtime.Create(
            launch with { Spec = launch.Spec with { Mounts = [new MountSpec { Volume = "ghost", Path = "/data" }] } },
            CancellationToken.None));

        Assert.Equal(ContainerFailure.Create, failure.Failure);
        Assert.Contains("ghost", failure.Message);
    }

    [Fact]
    public async Task Create_LessMemoryThanDockerTakes_BlamesTheCreation()
    {
        var launch = Launch("main", "true");

        var failure = await Assert.ThrowsAsync<ContainerException>(() => Runtime.Create(
            launch with { Spec = launch.Spec with { Resources = new Resources(100, 1, 0) } }, CancellationToken.None));

        Assert.Equal(ContainerFailure.Create, failure.Failure);
        Assert.Contains("memory", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Start_GpusThatNoDriverIsFor_BlamesTheStart()
    {
        var id = await Runtime.Create(Launch("main", "true") with { Gpus = [new GpuShare("0", 1000)] }, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<ContainerException>(() => Runtime.Start(id, CancellationToken.None));

        Assert.Equal(ContainerFailure.Start, failure.Failure);
        Assert.StartsWith("CannotStartContainerError: ", failure.Reason);
        Assert.Contains("could not select device driver", failure.Reason);
    }

    [Fact]
    public async Task Start_MissingUser_BlamesTheStart()
    {
        var launch = Launch("main", "true");
        await AssertStartFails(launch with { Spec = launch.Spec with { User = "nobody-here" } }, "nobody-here");
    }

    [Fact]
    public async Task Start_PortOfAnotherContainer_BlamesTheStart()
    {
        var port = FreePort.Find();
        await CreateAndStart(Published(Launch("first", "sleep", "1000"), port));

        await AssertStartFails(Published(Launch("second", "sleep", "1000"), port), "port is already allocated");
    }

    [Fact]
    public async Task Start_PortOfAnotherProcess_BlamesTheStart()
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();

        await AssertStartFails(
            Published(Launch("main", "sleep", "1000"), ((IPEndPoint)other.LocalEndpoint).Port), "address already in use");
    }

    [Theory]
    [InlineData("no-such-binary", 127, "No such file or directory")]
    [InlineData("/etc/passwd", 126, "Permission denied")]
    public async Task Run_WhatCannotBeExecuted_SaysSo(string command, int exitCode, string because)
    {
        var info = await Run(Launch("main", command));

        Assert.Equal((ContainerStatus.Stopped, exitCode), (info.Status, info.ExitCode));
        Assert.Equal($"exec {command} failed: {because}", info.Error);
    }

    [Fact]
    public async Task Run_AScriptThatMissesABinary_IsAnExitCodeAlone()
    {
        var info = await Run(Launch("main", "sh", "-c", "no-such-binary"));

        Assert.Equal((ContainerStatus.Stopped, 127, ""), (info.Status, info.ExitCode, info.Error));
    }

    [Fact]
    public async Task Create_WorkingDirectoryThatIsAFile_BlamesTheCreation()
    {
        var launch = Launch("main", "true");

        var failure = await Assert.ThrowsAsync<ContainerException>(() => Runtime.Create(
            launch with { Spec = launch.Spec with { WorkingDirectory = "/etc/passwd" } }, CancellationToken.None));

        Assert.Equal(ContainerFailure.Create, failure.Failure);
        Assert.Contains("/etc/passwd", failure.Message);
    }

    [Fact]
    public async Task Run_ExitCode_IsReported()
    {
        var info = await Run(Launch("main", "sh", "-c", "exit 42"));

        Assert.Equal((ContainerStatus.Stopped, 42, false, ""), (info.Status, info.ExitCode, info.OutOfMemory, info.Error));
    }

    [Fact]
    public async Task Run_KilledByASignal_IsNotOutOfMemory()
    {
        var id = await CreateAndStart(Launch("main", "sh", "-c", "echo up; sleep 1000"));
        await WaitForLine(id, "up");

        await Client.KillContainer(id, "KILL", CancellationToken.None);
        var info = await End(id);

        Assert.Equal((ContainerStatus.Stopped, 137, false), (info.Status, info.ExitCode, info.OutOfMemory));
    }

    private static ContainerLaunch Published(ContainerLaunch launch, int port) => launch with
    {
        Network = NetworkMode.Bridge,
        Spec = launch.Spec with { Ports = [new PortMapping { Container = 80, Host = port }] },
    };

    private async Task AssertStartFails(ContainerLaunch launch, string because)
    {
        var id = await Runtime.Create(launch, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<ContainerException>(() => Runtime.Start(id, CancellationToken.None));

        Assert.Equal(ContainerFailure.Start, failure.Failure);
        Assert.Contains(because, failure.Message);
        var info = await Runtime.Inspect(id, CancellationToken.None);
        Assert.Equal(ContainerStatus.Stopped, info!.Status);
        Assert.Contains(because, info.Error);
    }
}
