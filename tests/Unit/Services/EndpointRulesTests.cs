using System.Collections.Immutable;
using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class EndpointRulesTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_TasksThatRunAndStay_AreListedInTheOrderOfTheirSlots()
    {
        var endpoints = Of(Record(Instance(1, 2), Instance(0, 1)), View(1), View(2));

        Assert.Equal(["web.0.1", "web.0.2"], endpoints.Select(endpoint => endpoint.TaskId));
        Assert.Equal(("10.0.0.1", new EndpointPort(80, 32_769, PortProtocol.Tcp)), (endpoints[0].Address, endpoints[0].Ports[0]));
    }

    [Fact]
    public void Of_TasksThatStartStopLeaveOrPublishNothing_AreNot()
    {
        var record = Record(Instance(0, 1), Instance(1, 2) with { Stopping = "scaled in" }, Instance(2, 3), Instance(3, 4));

        Assert.Empty(Of(record, View(1) with { State = TaskState.Activating }, View(2), View(3) with { Evicted = StopCode.Preempted }, View(4) with { Containers = [] }));
    }

    [Theory]
    [InlineData(DeploymentStage.ScaleUp, "web.0.1")]
    [InlineData(DeploymentStage.BakeTime, "web.0.2")]
    public void Of_BlueGreen_AreOfOneRevisionAtATime(DeploymentStage stage, string expected)
    {
        var record = Record(Instance(0, 1), Instance(0, 2) with { Revision = 2 });
        record = record with { Completed = 1, Deployments = [record.Primary with { Revision = 2, Strategy = DeploymentStrategy.BlueGreen, Stage = stage }] };

        Assert.Equal([expected], Of(record, View(1), View(2)).Select(endpoint => endpoint.TaskId));
    }

    [Fact]
    public void Of_BlueGreenBegins_ThoseThatGotRequestsBeforeAreListedAlthoughTheyWereNeverComplete()
    {
        var record = Record(Instance(0, 1) with { Stopping = "replaced" }, Instance(0, 2) with { Revision = 2 }, Instance(0, 3) with { Revision = 3 });
        var (blueGreen, switched) = (record.Primary with { Revision = 3, Strategy = DeploymentStrategy.BlueGreen }, record.Primary with { Revision = 2, Strategy = DeploymentStrategy.BlueGreen, HasSwitched = true });

        Assert.Equal(["web.0.2"], Of(record with { Completed = 1, Deployments = [blueGreen, switched] }, View(1), View(2), View(3)).Select(endpoint => endpoint.TaskId));
        Assert.Empty(Of(record with { Completed = 1, Deployments = [blueGreen, switched with { HasSwitched = false }] }, View(1), View(2), View(3)));
    }

    [Fact]
    public void Of_BlueGreenHasSwitchedAndNobodyOfItIsLeft_WhatServedBeforeDoesAgain()
    {
        var record = Record(Instance(0, 1), Instance(0, 2) with { Revision = 2 });
        record = record with { Completed = 1, Deployments = [record.Primary with { Revision = 2, Strategy = DeploymentStrategy.BlueGreen, Stage = DeploymentStage.BakeTime, HasSwitched = true }] };

        Assert.Equal(["web.0.1"], Of(record, View(1), View(2) with { State = TaskState.Provisioning }).Select(endpoint => endpoint.TaskId));
    }

    [Fact]
    public void AreAlike_SameContentInOtherArrays_IsTrue()
    {
        var record = Record(Instance(0, 1));

        Assert.True(EndpointRules.AreAlike(Of(record, View(1)), Of(record, View(1))));
        Assert.False(EndpointRules.AreAlike(Of(record, View(1)), Of(record, View(1) with { Node = "b" })));
        Assert.False(EndpointRules.AreAlike(Of(record, View(1)), []));
    }

    private static ImmutableArray<ServiceEndpoint> Of(ServiceRecord record, params TaskView[] views) =>
        EndpointRules.Of(record, views.ToDictionary(view => view.Index, ServiceTask.Of), views.ToDictionary(view => view.Index));

    private static ServiceInstance Instance(int slot, int number) => new(slot, number, Revision: 1, Deployment: 1);

    private static ServiceRecord Record(params ImmutableArray<ServiceInstance> instances)
    {
        var spec = new ServiceSpec { Name = "web", DesiredCount = 2 };
        return ServiceRules.Create(spec, new ResolvedTask("service", "web:1", new Resources(10, 10, 0), [], ["main"]), 0, _now) with { Instances = instances };
    }

    private static TaskView View(int number) => new()
    {
        Id = $"web.0.{number}",
        JobId = "web",
        Name = "0",
        Index = number,
        Team = "default",
        Priority = 75,
        Definition = "web:1",
        Resources = new Resources(10, 10, 0),
        Attempt = 1,
        State = TaskState.Running,
        DesiredStatus = DesiredStatus.Running,
        Node = "a",
        CreatedAt = _now,
        QueuedAt = _now,
        StartedAt = _now,
        Succeeded = false,
        Containers =
        [
            new ContainerState
            {
                Name = "main",
                Status = ContainerStatus.Running,
                Ports = [new PublishedPort { Container = 80, Host = 32_768 + number, Address = "10.0.0.1" }],
            },
        ],
    };
}
