using OrleansCluster;
using OrleansCluster.Testing;

namespace ImagePipeline;

/// <summary>A job file, on a cluster in memory on which things go wrong.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task Pipeline_NothingGoesWrong_Succeeds()
    {
        await using var cluster = await ImagingClusters.Start(seed: 1);

        var job = await cluster.SubmitFile("job.yaml");
        job = await cluster.WaitForJob(job.Id);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task Pipeline_NodeLosesItsPowerInTheMiddle_IsRenderedElsewhere()
    {
        await using var cluster = await ImagingClusters.Start(seed: 2);
        var job = await cluster.SubmitFile("job.yaml");
        var before = await cluster.WaitForTask($"{job.Id}.render.3", TaskState.Running);

        cluster.TurnOff(before.Node!);
        job = await cluster.WaitForJob(job.Id);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        var after = await cluster.GetTask(before.Id);
        Assert.Equal(2, after!.Attempt);
        Assert.NotEqual(before.Node, after.Node);
        Assert.Equal(StopCode.NodeLost, Assert.Single(after.EarlierAttempts).StopCode);
    }

    /// <summary>Each seed is another story of crashes and lost messages; the one that fails is told again by its number.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pipeline_MuchGoesWrong_SucceedsAllTheSame(ulong seed)
    {
        var faults = new FaultRates { MessageLost = 0.02, WriteUncertain = 0.02, SiloCrashed = TimeSpan.FromSeconds(10), HostCrashed = TimeSpan.FromSeconds(20) };
        await using var cluster = await ImagingClusters.Start(seed, new SimulationOptions { Faults = faults });
        var job = await cluster.SubmitFile("job.yaml");

        cluster.StartFaults();
        cluster.Advance(TimeSpan.FromSeconds(30));
        cluster.Heal();

        Assert.Equal(JobStatus.Succeeded, (await cluster.WaitForJob(job.Id)).Status);
        cluster.AssertNothingLeftOver();
    }
}
