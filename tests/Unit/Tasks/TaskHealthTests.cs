using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;

namespace OrleansCluster.Tests.Unit.Tasks;

public sealed class TaskHealthTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AgentRun _first = new(1, 1);
    private static readonly AgentRun _second = new(2, 1);

    /// <summary>The health of essential containers, and after a slash of others: what it amounts to.</summary>
    [Theory]
    [InlineData("-", null)]
    [InlineData("-/U", null)]
    [InlineData("H", HealthStatus.Healthy)]
    [InlineData("H-", HealthStatus.Healthy)]
    [InlineData("H?", HealthStatus.Unknown)]
    [InlineData("?H", HealthStatus.Unknown)]
    [InlineData("HU?", HealthStatus.Unhealthy)]
    [InlineData("U-", HealthStatus.Unhealthy)]
    [InlineData("H/U", HealthStatus.Healthy)]
    public void Of_Containers_IsTheWorstOfTheEssentialOnesThatAreChecked(string containers, HealthStatus? expected)
    {
        var (essential, others) = containers.Split('/') is [var first, var second] ? (first, second) : (containers, "");
        var states = essential.Select((letter, i) => State($"e{i}", letter)).Concat(others.Select((letter, i) => State($"o{i}", letter)));

        Assert.Equal(expected, TaskHealth.Of(Task(essential.Length) with { Containers = [.. states] }));
    }

    [Fact]
    public void Observe_AChangeOfHealthAlone_IsOneEventAndNothingForTheJob()
    {
        var running = Observe(Task(2), _first, State("e0", '?'), State("e1", 'H'));

        var ill = Observe(running, _first, State("e0", 'U', 5), State("e1", 'H'));

        Assert.True(TaskHealth.IsAllThatChanged(running, ill));
        var happened = Assert.Single(TaskEvents.Of(running, ill, "job-a.main.0", _now));
        Assert.Equal("task.health", happened.Type);
        Assert.Equal("""{"attempt":1,"node":"n1","container":"e0","health":"UNHEALTHY","task":"UNHEALTHY","reason":"no"}""", happened.Json);
        Assert.Same(ill, Observe(ill, _first, State("e0", 'U', 5), State("e1", 'H')));
    }

    [Fact]
    public void Observe_AChangeOfHealthWhereTheSamePortsWereReadAnew_IsNothingForTheJob()
    {
        var running = Observe(Task(1), _first, Reached(State("e0", '?'), 8_080));

        Assert.True(TaskHealth.IsAllThatChanged(running, Observe(running, _first, Reached(State("e0", 'H', 5), 8_080))));
        Assert.False(TaskHealth.IsAllThatChanged(running, Observe(running, _first, Reached(State("e0", 'H', 5), 8_081))));

        static ContainerState Reached(ContainerState state, int port) => state with { Ports = [new PublishedPort { Container = 80, Host = port }] };
    }

    [Fact]
    public void Observe_HealthAndMore_TellsBoth()
    {
        var running = Observe(Task(1), _first, State("e0", '?'));

        var ended = TaskTransitions.Observe(running, Seen(_first, State("e0", 'U', 5) with { Status = ContainerStatus.Stopped, ExitCode = 1 }) with { State = TaskState.Stopped }, _now);

        Assert.False(TaskHealth.IsAllThatChanged(running, ended));
        Assert.Equal(["task.health", "task.stopped"], TaskEvents.Of(running, ended, "job-a.main.0", _now).Select(happened => happened.Type));
    }

    [Fact]
    public void Observe_ASidecarEnds_TheJobHearsOfItAsBefore()
    {
        var running = Observe(Task(1), _first, State("e0", 'H'));

        Assert.False(TaskHealth.IsAllThatChanged(running, Observe(running, _first, State("e0", 'H') with { Reason = "other" })));
    }

    [Fact]
    public void Observe_ANewAgentKnowsNothingYet_WhatWasKnownStays()
    {
        var ill = Observe(Task(1), _first, State("e0", 'U', 5));

        Assert.Same(ill, Observe(ill, _second, State("e0", '?')));
        Assert.Equal(HealthStatus.Healthy, Observe(ill, _second, State("e0", 'H', 3)).Health);
    }

    [Fact]
    public void Observe_AnEarlierWordComesLate_ChangesNothing()
    {
        var well = Observe(Observe(Task(1), _first, State("e0", 'U', 5)), _first, State("e0", 'H', 9));

        Assert.Same(well, Observe(well, _first, State("e0", 'U', 5)));
        Assert.Equal(HealthStatus.Unhealthy, Observe(well, _first, State("e0", 'U', 10)).Health);
    }

    [Fact]
    public void Observe_TheNextAttempt_BeginsWithoutHealth()
    {
        var ill = Observe(Task(1), _first, State("e0", 'U', 5));

        var next = TaskTransitions.LoseNode(ill, "n1", 1, _now);

        Assert.Null(next.Health);
        Assert.Equal(HealthStatus.Unknown, TaskTransitions.Observe(next, Seen(_first, State("e0", '?')) with { Attempt = 2, Node = "n2" }, _now).Health);
    }

    [Fact]
    public void Stored_WithoutAnyCheck_NothingMoreIsStored()
    {
        var task = Observe(Task(1), _first, State("e0", '-'));

        Assert.DoesNotContain("ealth", StoreJson.ContentOf(new TaskGrainState { Cluster = "lab", Record = task }), StringComparison.Ordinal);
    }

    private static TaskRecord Observe(TaskRecord task, AgentRun run, params ContainerState[] containers) => TaskTransitions.Observe(task, Seen(run, containers), _now);

    private static TaskObservation Seen(AgentRun run, params ContainerState[] containers) =>
        new() { TaskId = "job-a.main.0", Attempt = 1, Node = "n1", State = TaskState.Running, Run = run, Containers = [.. containers] };

    private static TaskRecord Task(int essential) => TaskTransitions.Start(
        new TaskStart
        {
            JobId = "job-a",
            Name = "main",
            Index = 0,
            Count = 1,
            Team = "default",
            Priority = 50,
            Definition = "app:1",
            Resources = new Resources(100, 10, 0),
            Essential = Enumerable.Range(0, essential).Select(i => $"e{i}").ToImmutableArray(),
        },
        _now);

    private static ContainerState State(string name, char health, int since = 1) => new()
    {
        Name = name,
        Status = ContainerStatus.Running,
        Health = health switch
        {
            'H' => new ContainerHealth(HealthStatus.Healthy, _now.AddSeconds(since), null),
            'U' => new ContainerHealth(HealthStatus.Unhealthy, _now.AddSeconds(since), "no"),
            '?' => ContainerHealth.Unknown,
            _ => null,
        },
    };
}
