using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Tests.Unit.Agent;

internal static class Samples
{
    public static ContainerSpec Container(string name, params string[] command) => new()
    {
        Name = name,
        Image = "busybox",
        Command = [.. command],
        Resources = new Resources(100, 64, 0),
    };

    public static ContainerSpec After(this ContainerSpec spec, string other, ContainerCondition condition) =>
        spec with { DependsOn = spec.DependsOn.Add(new ContainerDependency { Container = other, Condition = condition }) };

    public static ContainerSpec Optional(this ContainerSpec spec) => spec with { Essential = false };

    public static TaskDefinition Definition(params ContainerSpec[] containers) =>
        new() { Family = "app", Revision = 1, RegisteredAt = default, Containers = [.. containers] };

    public static Claim Claim(string taskId) =>
        new() { TaskId = taskId, Attempt = 1, Node = "n1", Resources = new Resources(100, 64, 0), Definition = "app:1", Team = "default" };

    public static ImmutableSortedDictionary<string, ContainerView> Views(params ContainerView[] views) =>
        views.ToImmutableSortedDictionary(view => view.Name, view => view);

    public static ContainerView Pending(string name) => ContainerView.NotYet(name);

    public static ContainerView Created(string name) => new() { Name = name, Id = "id-" + name, Status = ContainerStatus.Created };

    public static ContainerView Running(string name) => new() { Name = name, Id = "id-" + name, Status = ContainerStatus.Running };

    public static ContainerView Ended(string name, int exitCode, int at = 0) => new()
    {
        Name = name,
        Id = "id-" + name,
        Status = ContainerStatus.Stopped,
        ExitCode = exitCode,
        EndedAt = DateTimeOffset.UnixEpoch.AddSeconds(at),
    };

    public static ContainerView Failed(string name) =>
        new() { Name = name, Status = ContainerStatus.Stopped, Failure = "CannotStartContainerError: no such file" };
}
