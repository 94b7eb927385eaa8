using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary>Tasks of which a few may be there at a time, while their job's grain changes place: the invariants count them.</summary>
public sealed class ParallelismScenarioTests
{
    private const string Id = "job-a";
    private const int Seeds = 10;

    [Fact]
    public async Task AnotherActivationHearsOfAnEndFirst_AnInstanceIsThereThatItHasNotStarted_StartsNoOtherBesideIt()
    {
        // Where the grains are is drawn, and so which activation hears of the end.
        var heard = 0;
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            await using var cluster = SimulatedCluster.Create(seed);
            await cluster.AddNode("n1", new Resources(4000, 8192, 0));
            await cluster.AddNode("n2", new Resources(4000, 8192, 0));
            await cluster.AddNode("n3", new Resources(4000, 8192, 0));
            await cluster.Submit(Id, Job());
            await cluster.Until(async () => (await cluster.ListTasks(Id)).Any(task => task is { Name: "second", State: TaskState.Running }), "the first instance of the second task runs");
            var key = GrainKeys.Job(cluster.Options.Cluster, Id);
            var older = cluster.Hosts.Select(host => host.Silo!).Single(silo => silo.Holds<IJobGrain>(key));
            Assert.True(cluster.Directory.Double(key, stays: true));
            var isOver = () => cluster.Invariants!.AreTasksOver(Id) || cluster.Hosts.Any(host => host.Silo is { } silo && silo != older && silo.Holds<IJobGrain>(key));
            Assert.True(cluster.World.Run(isOver, cluster.Time + TimeSpan.FromMinutes(2)), "Nobody hears of the end.");
            heard += cluster.Invariants!.AreTasksOver(Id) ? 0 : 1;

            Assert.Equal(JobStatus.Succeeded, (await cluster.WaitForJob(Id)).Status);
        }

        Assert.InRange(heard, 1, Seeds);
    }

    /// <summary>The second instance of the first task ends while the first one of the second task, which is the only one that may be there, still runs.</summary>
    private static JobSpec Job() => new()
    {
        Name = "job",
        Tasks = [Task("first", "sleep 5"), Task("second", "sleep 20") with { DependsOnEach = ["first"] }],
    };

    private static JobTaskSpec Task(string name, string script) => new()
    {
        Name = name,
        Count = 2,
        Parallelism = 1,
        Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sh", "-c", script], Resources = new Resources(500, 256, 0) }],
    };
}
