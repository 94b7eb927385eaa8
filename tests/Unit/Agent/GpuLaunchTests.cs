using System.Text.Json;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Docker;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>Which GPUs the containers of a task get, what they are told of them, and what Docker is.</summary>
public sealed class GpuLaunchTests
{
    private static readonly TaskDefinition _definition = Samples.Definition(
        Samples.Container("a") with { Gpu = new GpuSpec { Count = 1 } }, Samples.Container("b"), Samples.Container("c") with { Gpu = new GpuSpec { Count = 2 } });

    private static readonly TaskDefinition _shared = Samples.Definition(Samples.Container("a"), Samples.Container("b") with { Gpu = new GpuSpec { Thousandths = 250 } });

    [Fact]
    public void Of_SeveralContainers_EachGetsAsManyAsItAsksFor()
    {
        var claim = Claim(new GpuShare("3", 1000), new GpuShare("GPU-5", 1000), new GpuShare("7", 1000));

        Assert.Equal(["3", "", "GPU-5,7"], _definition.Containers.Select(container => DevicesOf(claim, _definition, container)));
        Assert.Equal(["", "7"], _shared.Containers.Select(container => DevicesOf(Claim(new GpuShare("7", 250)), _shared, container)));
    }

    [Fact]
    public void Environment_OfAContainerWithGpu_NamesItsDevicesAndShare()
    {
        var whole = Launch(Claim(new GpuShare("3", 1000), new GpuShare("5", 1000), new GpuShare("7", 1000)), _definition, "c").Environment;
        Assert.Equal("5,7", whole["OCS_GPUS"]);
        Assert.DoesNotContain("OCS_GPU_THOUSANDTHS", whole.Keys);

        var share = Launch(Claim(new GpuShare("7", 250)), _shared, "b").Environment;
        Assert.Equal(("7", "250"), (share["OCS_GPUS"], share["OCS_GPU_THOUSANDTHS"]));
        Assert.DoesNotContain(Launch(Claim(new GpuShare("7", 250)), _shared, "a").Environment.Keys, name => name.StartsWith("OCS_GPU", StringComparison.Ordinal));
    }

    [Fact]
    public void Translate_ContainerWithGpu_RequestsItsDevicesOfAnyDriver()
    {
        var launch = Launch(Claim(new GpuShare("3", 1000), new GpuShare("5", 1000), new GpuShare("GPU-7", 1000)), _definition, "c");

        var json = JsonSerializer.SerializeToElement(LaunchTranslation.Translate(launch, logSize: 1), DockerJson.Default.CreateContainer);

        Assert.Equal(
            """[{"Driver":"","DeviceIDs":["5","GPU-7"],"Capabilities":[["gpu"]]}]""",
            json.GetProperty("HostConfig").GetProperty("DeviceRequests").GetRawText());
    }

    [Fact]
    public void Translate_ContainerWithoutGpu_RequestsNothing()
    {
        var json = JsonSerializer.SerializeToElement(
            LaunchTranslation.Translate(Launch(Claim(new GpuShare("3", 1000)), _definition, "b"), logSize: 1), DockerJson.Default.CreateContainer);

        Assert.False(json.GetProperty("HostConfig").TryGetProperty("DeviceRequests", out _));
    }

    private static Claim Claim(params GpuShare[] shares) => Samples.Claim("j.t.0") with { Extras = new ExtraClaim { Gpus = [.. shares] } };

    private static string DevicesOf(Claim claim, TaskDefinition definition, ContainerSpec container) =>
        string.Join(',', GpuAssignment.Of(claim, definition, container).Select(share => share.Device));

    private static ContainerLaunch Launch(Claim claim, TaskDefinition definition, string name)
    {
        var spec = definition.Containers.First(container => container.Name == name);
        var gpus = GpuAssignment.Of(claim, definition, spec);
        return new ContainerLaunch
        {
            Labels = new ContainerLabels("default", "n1", claim.TaskId, claim.Attempt, name),
            Spec = spec,
            Volumes = [],
            Network = NetworkMode.Bridge,
            Environment = TaskEnvironment.Of("default", claim, spec, gpus, checkpoint: null),
            Gpus = gpus,
        };
    }
}
