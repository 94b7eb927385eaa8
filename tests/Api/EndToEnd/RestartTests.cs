using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

public sealed class RestartTests
{
    [Fact]
    public async Task Restart_QueuedAndWaitingTasks_GoOnWhereTheyWere()
    {
        var data = Directory.CreateTempSubdirectory("ocs-restart-").FullName;
        try
        {
            string id;
            await using (var first = await SimulatedSilo.Start(data, "--runtime", "none"))
            {
                // Without an agent nothing can be placed: the first task is queued, the second waits for it.
                id = (await first.Client.Jobs.SubmitAsync(Job("later", Task("first", 3), Task("second", 1, ["first"])))).Id;
                await first.Client.WaitFor(id, "is queued", j => j.Tasks[0].Queued == 3);
            }

            await using var second = await SimulatedSilo.Start(data);
            var ended = await second.Client.WaitForEnd(id);

            Assert.Equal(JobStatus.Succeeded, ended.Status);
            Assert.All(await second.Client.TasksOf(id), t => Assert.Equal(1, t.Attempt));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Restart_SimulatedContainersAreGone_NextAttemptRunsThem()
    {
        var data = Directory.CreateTempSubdirectory("ocs-restart-").FullName;
        try
        {
            string id;
            await using (var first = await SimulatedSilo.Start(data))
            {
                id = (await first.Client.Jobs.SubmitAsync(Job("interrupted", Task("main", command: ["sleep", "2"])))).Id;
                await first.Client.WaitFor(id, "runs", j => j.Tasks[0].Running == 1);
            }

            await using var second = await SimulatedSilo.Start(data);

            Assert.Equal(JobStatus.Succeeded, (await second.Client.WaitForEnd(id)).Status);
            var task = Assert.Single(await second.Client.TasksOf(id));
            Assert.Equal((2, StopCode.AgentStopped), (task.Attempt, Assert.Single(task.EarlierAttempts).StopCode));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Restart_AgentThatIsRefusedKeepsAsking_ItsNodeIsNotLost()
    {
        var data = Directory.CreateTempSubdirectory("ocs-restart-").FullName;
        try
        {
            await using var silo = await SimulatedSilo.Start(data, "--runtime", "none", "--lease-seconds", "2", "--lost-after-seconds", "3");
            var (large, small) = (Registration(4096), Registration(1000));
            var node = silo.Grain<INodeGrain>(GrainKeys.Node("default", "node"));
            Assert.True((await node.Register(large)).IsAccepted);
            var other = silo.Grain<INodeGrain>(GrainKeys.Node("default", "other"));
            Assert.True((await other.Register(large with { Node = "other", Capacity = new Resources(100, 100, 0) })).IsAccepted);
            var job = await silo.Client.Jobs.SubmitAsync(Job("holder", Task("main", memory: 2000, command: ["sleep", "600"])));

            // Nobody else keeps the node from being lost until its task has been told.
            await Poll.Until("the job is placed", async () =>
            {
                Assert.True((await node.Register(large)).IsAccepted);
                return (await silo.Client.Jobs.GetAsync(job.Id)).Tasks[0].Starting == 1;
            });

            // A node that is silent for as long shows that the time to be lost is over.
            await Poll.Until("the silent node is lost", async () =>
            {
                Assert.False((await node.Register(small)).IsAccepted);
                return (await silo.Client.Nodes.GetAsync("other")).Status == NodeStatus.Lost;
            });

            Assert.Equal(NodeStatus.Active, (await silo.Client.Nodes.GetAsync("node")).Status);
            Assert.Equal(1, Assert.Single(await silo.Client.TasksOf(job.Id)).Attempt);
            Assert.True((await node.Register(large)).IsAccepted);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }

        static NodeRegistration Registration(int memory) => new()
        {
            Node = "node",
            Capacity = new Resources(4000, memory, 10000),
            Session = $"of-{memory}",
            Runtime = "simulated",
        };
    }

    [Fact]
    public async Task Restart_NodeWithLessCapacityThanIsClaimed_IsRefusedAndLosesNothing()
    {
        var data = Directory.CreateTempSubdirectory("ocs-restart-").FullName;
        try
        {
            await using var silo = await SimulatedSilo.Start(data);
            var job = await silo.Client.Jobs.SubmitAsync(Job("holder", Task("main", memory: 2000, command: ["sleep", "600"])));
            await silo.Client.WaitFor(job.Id, "runs", j => j.Tasks[0].Running == 1);

            var state = silo.Grain<IClusterStateGrain>(GrainKeys.Cluster("default"));
            var answer = await state.RegisterNode(new NodeRegistration
            {
                Node = "node",
                Capacity = new Resources(4000, 1000, 10000),
                Session = "another",
                Runtime = "simulated",
            });

            Assert.Equal("/capacity/memory", Assert.Single(answer.Refusal!.Faults).Path);
            Assert.Equal(4096, (await silo.Client.Nodes.GetAsync("node")).Capacity.Memory);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
