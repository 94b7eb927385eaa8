using System.Collections.Immutable;
using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>Health from the checks to what the agent reports; the agent's own checks and those of the runtime alike.</summary>
public sealed class AgentHealthTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(100);
    private static readonly HealthCheckSpec _tcp = new() { Tcp = new TcpCheckSpec { Port = 80 }, Interval = 1, Retries = 2 };
    private static readonly HealthCheckSpec _command = new() { Command = ["true"], Interval = 1, Retries = 2 };

    public static TheoryData<HealthCheckSpec> Checks => new(_tcp, _command, _command with { Command = [], Image = true }, _tcp with { Tcp = null, Http = new HttpCheckSpec { Port = 80 } });

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task Check_OfAProgramThatComesAndGoes_EachChangeIsReportedOnce(HealthCheckSpec check)
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, check, "sleep 5; unhealthy; sleep 5; healthy; sleep 1000");

        await harness.Until(() => Story(harness, claim) is [.., HealthStatus.Unhealthy, HealthStatus.Healthy], "ill and well again", _tick);
        harness.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal([HealthStatus.Unknown, HealthStatus.Healthy, HealthStatus.Unhealthy, HealthStatus.Healthy], Story(harness, claim));
        var ill = harness.Node.ObservationsOf(claim).Select(Health).First(health => health.Status == HealthStatus.Unhealthy);
        Assert.Equal("it says that it is unhealthy", ill.Reason);
        Assert.InRange(harness.Runtime.Count("probe"), check.Command.IsEmpty && !check.Image ? 10 : 0, check.Command.IsEmpty && !check.Image ? 1000 : 0);
    }

    [Fact]
    public async Task Check_TakesTooLong_CountsAsFailed()
    {
        await using var harness = new AgentHarness();
        harness.Runtime.Before = (call, _) => call == "probe" ? new TaskCompletionSource().Task : Task.CompletedTask;
        var claim = await Launch(harness, _tcp with { Timeout = 3 }, "sleep 1000");

        await harness.Until(() => Story(harness, claim) is [.., HealthStatus.Unhealthy], "UNHEALTHY", _tick);

        Assert.Equal("no answer within 3 s", Health(harness.Node.LastOf(claim)!).Reason);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task Start_AfterAnotherAgent_FindsTheHealthOutAgain(HealthCheckSpec check)
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, check, "unhealthy; sleep 1000");
        await harness.Until(() => Story(harness, claim) is [.., HealthStatus.Unhealthy], "UNHEALTHY", _tick);
        await harness.Stop();
        var before = harness.Node.ObservationsOf(claim).Length;

        harness.Start();
        await harness.Until(
            () => harness.Node.ObservationsOf(claim).Skip(before).Any(seen => Health(seen).Status == HealthStatus.Unhealthy), "UNHEALTHY, from the second agent", _tick);

        Assert.DoesNotContain(harness.Node.ObservationsOf(claim).Skip(before), seen => Health(seen).Status == HealthStatus.Healthy);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task DependsOn_Healthy_StartsWhenTheOtherOneIs(HealthCheckSpec check)
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(
            Container("db", "sh", "-c", "unhealthy; sleep 20; healthy; sleep 1000") with { HealthCheck = check },
            Container("app", "sleep", "1000").After("db", ContainerCondition.Healthy));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.Until(() => Story(harness, claim) is [.., HealthStatus.Unhealthy], "an unhealthy database", _tick);
        Assert.Equal(0, harness.Runtime.Count("create app"));

        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Running, "RUNNING", _tick);

        Assert.Equal(HealthStatus.Healthy, Health(harness.Node.LastOf(claim)!).Status);
    }

    [Fact]
    public async Task Stop_IsAskedFor_NothingIsCheckedAnyMore()
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, _tcp, "trap '' TERM; sleep 1000");
        await harness.Until(() => Story(harness, claim) is [.., HealthStatus.Healthy], "HEALTHY", _tick);

        harness.Node.Stop(claim);
        await harness.UntilState(claim, TaskState.Stopping);
        var made = harness.Runtime.Count("probe");
        harness.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(made, harness.Runtime.Count("probe"));
        Assert.Equal(HealthStatus.Healthy, Health(harness.Node.LastOf(claim)!).Status);
    }

    [Fact]
    public async Task Report_OfHealthIsLost_IsRepeated()
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, _tcp, "sleep 1000");
        await harness.UntilState(claim, TaskState.Running);
        harness.Node.ReportsToLose = 3;

        await harness.Until(() => Story(harness, claim) is [.., HealthStatus.Healthy], "HEALTHY", _tick);
    }

    private static async Task<Claim> Launch(AgentHarness harness, HealthCheckSpec check, string script)
    {
        var claim = harness.Define(Container("main", "sh", "-c", script) with { HealthCheck = check });
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        return claim;
    }

    private static ContainerHealth Health(TaskObservation seen) => seen.Containers.First(container => container.Health is not null).Health!;

    /// <summary>What was reported, without repeats.</summary>
    private static ImmutableArray<HealthStatus> Story(AgentHarness harness, Claim claim)
    {
        var all = harness.Node.ObservationsOf(claim).Where(seen => !seen.Containers.IsEmpty).Select(seen => Health(seen).Status).ToList();
        return [.. all.Where((status, i) => i == 0 || all[i - 1] != status)];
    }
}
