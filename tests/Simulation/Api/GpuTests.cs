using System.Collections.Immutable;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

/// <summary>GPUs and named amounts of nodes that come and go.</summary>
public sealed class GpuTests : IAsyncLifetime
{
    private static readonly ExtraCapacity _extras = new()
    {
        Gpus = [new GpuDevice("0", "A100"), new GpuDevice("1", "A100")],
        Amounts = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 1),
    };

    private readonly SortedDictionary<string, ContainerLaunch> _launches = new(StringComparer.Ordinal);
    private readonly SimulatedCluster _cluster;

    public GpuTests() => _cluster = SimulatedCluster.Create(5, new SimulationOptions { Program = Seen });

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await _cluster.AddNode("n2", Specs.Node, ImmutableSortedDictionary<string, string>.Empty, _extras);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Submit_Shares_AreToldToTheContainersAndFillADeviceFirst()
    {
        var job = await _cluster.Submit(Job(3, new GpuSpec { Thousandths = 400 }));
        await _cluster.Until(async () => (await _cluster.GetJob(job.Id))!.Tasks[0].Running == 3, "all run");

        Assert.Equal(["0", "0", "1"], _launches.Values.Select(launch => launch.Environment["OCS_GPUS"]).Order(StringComparer.Ordinal));
        Assert.All(_launches.Values, launch => Assert.Equal("400", launch.Environment["OCS_GPU_THOUSANDTHS"]));
        Assert.All(_launches.Values, launch => Assert.Equal("n2", launch.Labels.Node));
        Assert.Equal([new GpuShare("0", 800), new GpuShare("1", 400)], (await _cluster.GetNode("n2"))!.ExtraClaimed!.Gpus);
    }

    [Fact]
    public async Task NodeWithGpus_IsLost_ItsTaskWaitsForItAndRunsAgain()
    {
        var job = await _cluster.Submit(Job(1, new GpuSpec { Count = 2 }));
        await _cluster.WaitForTask($"{job.Id}.main.0", TaskState.Running);
        _cluster.TurnOff("n2");
        await _cluster.Until(async () => (await _cluster.Explain($"{job.Id}.main.0"))?.Summary.StartsWith("0/2 nodes: 1 insufficient gpu (2 whole wanted, at most 0 free on a node), 1 lost; waiting can help", StringComparison.Ordinal) == true, "it waits for its node");

        _cluster.TurnOn("n2");

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        Assert.Equal("0,1", _launches[$"{job.Id}.main.0/2"].Environment["OCS_GPUS"]);
        _cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task Amount_MoreTasksThanThereIs_RunsThemInTurns()
    {
        var job = await _cluster.Submit(Job(3, gpu: null));
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);

        var tasks = (await _cluster.ListTasks(job.Id)).OrderBy(task => task.StartedAt).ToList();
        Assert.All(tasks.Zip(tasks.Skip(1)), pair => Assert.True(pair.First.StoppedAt <= pair.Second.StartedAt, $"{pair.Second.Id} began while {pair.First.Id} had the only licence"));
    }

    private string? Seen(ContainerLaunch launch)
    {
        _launches[$"{launch.Labels.TaskId}/{launch.Labels.Attempt}"] = launch;
        return null;
    }

    private static JobSpec Job(int count, GpuSpec? gpu)
    {
        var amounts = gpu is null ? ImmutableSortedDictionary<string, int>.Empty.Add("licence", 1) : ImmutableSortedDictionary<string, int>.Empty;
        var container = Specs.Container("sleep 30") with { Gpu = gpu, Amounts = amounts };
        return new JobSpec { Name = "gpu", Tasks = [new JobTaskSpec { Name = "main", Count = count, Containers = [container] }] };
    }
}
