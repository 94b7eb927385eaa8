using OrleansCluster.Silo.Agent;
using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>What an agent does with the containers of the agent before it.</summary>
public sealed class AdoptionTests
{
    [Fact]
    public async Task Stop_ContainersRun_TheyOutliveTheAgent()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        await harness.Stop();

        Assert.Equal(ContainerStatus.Running, Assert.Single(harness.ContainersOf(claim)).Status);
    }

    [Fact]
    public async Task Start_AClaimWhoseContainerRuns_IsAdoptedAndNotStartedAgain()
    {
        await using var harness = new AgentHarness();
        var claim = await Running(harness, Container("main", "sleep", "5"));
        await harness.Stop();
        harness.Start();
        await harness.Until(() => harness.Node.Registrations.Count == 2, "a second session");
        await harness.Until(() => harness.Node.ObservationsOf(claim).Count(seen => seen.State == TaskState.Running) >= 2, "RUNNING reported by the second agent", TimeSpan.FromMilliseconds(2));
        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Equal(1, harness.Runtime.Count("create"));
        Assert.Equal(1, harness.Runtime.Count("start"));
        Assert.Equal(0, harness.Node.LastOf(claim)!.Containers[0].ExitCode);
    }

    [Fact]
    public async Task Start_AClaimWhoseContainerEndedMeanwhile_FinishesWithItsExitCode()
    {
        await using var harness = new AgentHarness();
        var claim = await Running(harness, Container("main", "sh", "-c", "sleep 5; exit 4"));
        await harness.Stop();
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        harness.Start();
        await harness.UntilState(claim, TaskState.Stopped);
        await harness.UntilGone(claim);

        Assert.Equal(1, harness.Runtime.Count("start"));
        Assert.Equal(StopCode.EssentialContainerExited, harness.Node.LastOf(claim)!.StopCode);
        Assert.Equal(4, harness.Node.LastOf(claim)!.Containers[0].ExitCode);
    }

    [Fact]
    public async Task Start_AContainerWasOnlyCreated_IsStarted()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        await harness.Runtime.Create(Launch(claim, "main"), CancellationToken.None);
        harness.Node.Assign(claim);
        harness.Start();
        await harness.UntilState(claim, TaskState.Running);

        Assert.Equal(1, harness.Runtime.Count("create"));
        Assert.Equal(1, harness.Runtime.Count("start"));
    }

    [Fact]
    public async Task Start_OnlyOneOfTwoContainersWasThere_GoesOnWithTheOther()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("db", "sleep", "600"), Container("app", "sleep", "600").After("db", ContainerCondition.Start));
        var id = await harness.Runtime.Create(Launch(claim, "db"), CancellationToken.None);
        await harness.Runtime.Start(id, CancellationToken.None);
        harness.Node.Assign(claim);
        harness.Start();
        await harness.UntilState(claim, TaskState.Running);

        Assert.Equal(["start db", "start app"], harness.Runtime.Calls.Where(call => call.StartsWith("start", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Start_AContainerThatNoClaimCovers_IsRemovedAndItsLogSaved()
    {
        await using var harness = new AgentHarness();
        var covered = harness.Define(Container("main", "sleep", "600"));
        var orphan = covered with { Attempt = 7 };
        foreach (var claim in new[] { covered, orphan })
        {
            var id = await harness.Runtime.Create(Launch(claim, "main"), CancellationToken.None);
            await harness.Runtime.Start(id, CancellationToken.None);
        }

        harness.Node.Assign(covered);
        harness.Start();
        await harness.UntilGone(orphan);
        await harness.UntilState(covered, TaskState.Running);

        Assert.Equal(ContainerStatus.Running, Assert.Single(harness.ContainersOf(covered)).Status);
        Assert.Contains("I was here", File.ReadAllText(harness.LogPath(orphan, "main")));
    }

    [Fact]
    public async Task Start_TheManagerCannotBeReached_NothingIsTouched()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        var id = await harness.Runtime.Create(Launch(claim, "main"), CancellationToken.None);
        await harness.Runtime.Start(id, CancellationToken.None);
        harness.Node.IsUnreachable = true;
        harness.Start();
        harness.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(0, harness.Runtime.Count("stop") + harness.Runtime.Count("remove"));
    }

    private static async Task<Claim> Running(AgentHarness harness, ContainerSpec container)
    {
        var claim = harness.Define(container);
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        return claim;
    }

    private static ContainerLaunch Launch(Claim claim, string container) => new()
    {
        Labels = new ContainerLabels("lab", "n1", claim.TaskId, claim.Attempt, container),
        Spec = Container(container, "sh", "-c", "echo I was here; sleep 600"),
        Volumes = [],
        Network = NetworkMode.Bridge,
        Environment = Container(container).Environment,
    };
}
