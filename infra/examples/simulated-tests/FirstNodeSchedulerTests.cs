using System.Collections.Immutable;
using OrleansCluster;
using OrleansCluster.Testing;

namespace ImagePipeline;

/// <summary>A scheduler of one's own, on the cluster's real state: the cluster's own one places nothing here.</summary>
public sealed class FirstNodeSchedulerTests
{
    private static readonly SimulationOptions _withoutScheduler = new() { HasScheduler = false };

    [Fact]
    public async Task Place_FourRenderings_FillsTheFirstTwoNodes()
    {
        await using var cluster = await ImagingClusters.Start(seed: 1, _withoutScheduler);
        var job = await cluster.SubmitFile("job.yaml");

        await RunToTheEnd(cluster, job.Id);

        var renderings = (await cluster.ListTasks(job.Id)).Where(task => task.Name == "render");
        Assert.Equal(["alpha", "alpha", "beta", "beta"], renderings.Select(task => task.Node).Order());
        cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task Place_FirstNodeLosesItsPower_GoesOnWithTheNext()
    {
        await using var cluster = await ImagingClusters.Start(seed: 2, _withoutScheduler);
        var job = await cluster.SubmitFile("job.yaml");
        await cluster.Until(() => Schedule(cluster, job.Id), "the first task is placed");

        cluster.TurnOff("alpha");
        await RunToTheEnd(cluster, job.Id);

        var nodes = (await cluster.ListTasks(job.Id)).Select(task => task.Node);
        Assert.DoesNotContain("alpha", nodes);
    }

    [Fact]
    public async Task Place_SnapshotIsOld_IsRefusedForWhatOthersTookSince()
    {
        await using var cluster = await ImagingClusters.Start(seed: 3, _withoutScheduler);
        var job = await cluster.SubmitFile("job.yaml");
        List<TaskView> renderings = [];
        await cluster.Until(
            async () =>
            {
                renderings = await WaitingTasks(cluster, job.Id);

                // Only what was seen to wait: by the next look it may be the renderings.
                if (renderings is [{ Name: "split" }])
                    await Place(cluster, renderings);
                return renderings.Count == 4;
            },
            "four renderings wait");

        var (first, second) = await cluster.Call(async grains =>
        {
            var scheduler = new FirstNodeScheduler(grains, cluster.Options.Cluster);
            var snapshot = await scheduler.Look();
            return (await scheduler.Place(renderings[..2], snapshot), await scheduler.Place(renderings[2..], snapshot));
        });

        Assert.All(first, outcome => Assert.Equal("alpha", outcome.Node));
        Assert.All(second, outcome => Assert.Equal(ClaimRejectionReason.DoesNotFit, outcome.Rejection?.Reason));
    }

    private static async Task RunToTheEnd(SimulatedCluster cluster, string jobId)
    {
        await cluster.Until(
            async () =>
            {
                await Schedule(cluster, jobId);
                return (await cluster.GetJob(jobId))!.HasEnded;
            },
            $"job {jobId} has ended");
        Assert.Equal(JobStatus.Succeeded, (await cluster.GetJob(jobId))!.Status);
    }

    /// <summary>One round. Where a silo dies under it, Until begins another: what was committed stays, and the next round sees it.</summary>
    /// <returns>Whether something was placed.</returns>
    private static async Task<bool> Schedule(SimulatedCluster cluster, string jobId)
    {
        var outcomes = await Place(cluster, await WaitingTasks(cluster, jobId));
        return outcomes.Any(outcome => outcome.IsCommitted);
    }

    private static Task<ImmutableArray<ClaimOutcome>> Place(SimulatedCluster cluster, List<TaskView> waiting) => cluster.Call(async grains =>
    {
        var scheduler = new FirstNodeScheduler(grains, cluster.Options.Cluster);
        return await scheduler.Place(waiting, await scheduler.Look());
    });

    private static async Task<List<TaskView>> WaitingTasks(SimulatedCluster cluster, string jobId) =>
        [.. (await cluster.ListTasks(jobId)).Where(task => task.State == TaskState.Provisioning)];
}
