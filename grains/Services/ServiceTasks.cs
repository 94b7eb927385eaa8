using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Grains.Services;

/// <summary>Reads, starts and stops the tasks of one service.</summary>
internal sealed class ServiceTasks(string cluster, string service, ITransactionalStore store, TaskStarter starter, string scheduler, IGrainFactory grains)
{
    private const int AtOnce = 256;

    /// <summary>Spread over nodes, as ECS does where nothing is said.</summary>
    private static readonly ImmutableArray<PlacementStep> _spread = [new PlacementStep { Type = PlacementStepType.Spread, Field = "instanceId" }];

    private ISchedulerGrain Scheduler => grains.GetGrain<ISchedulerGrain>(scheduler);

    /// <summary>As it is stored; <see langword="null"/> where it has not been started.</summary>
    public async Task<TaskView?> Read(ServiceInstance instance) =>
        (await TaskGrainState.Read(store, cluster, IdOf(instance), CancellationToken.None))?.ToView();

    /// <summary>Durable when it returns, and in the scheduler's queue. What has been started before is answered as it is.</summary>
    public async Task<ImmutableArray<TaskView>> Start(ServiceRecord record, ImmutableArray<ServiceInstance> instances)
    {
        var all = ImmutableArray.CreateBuilder<TaskView>(instances.Length);
        foreach (var some in instances.Chunk(AtOnce))
        {
            var started = await starter.Start(cluster, [.. some.Select(instance => StartOf(record, instance))], check: null) ?? [];
            await Queue(started);
            all.AddRange(started);
        }

        return all.ToImmutable();
    }

    public Task Queue(IEnumerable<TaskView> tasks)
    {
        ImmutableArray<PlacementRequest> waiting = [.. tasks.Where(task => task.State == TaskState.Provisioning && task.DesiredStatus == DesiredStatus.Running).Select(PlacementRequest.Of)];
        return waiting.IsEmpty ? Task.CompletedTask : Scheduler.Enqueue(waiting);
    }

    public async Task<TaskView?> Stop(ServiceInstance instance) =>
        (await TaskOf(instance).Stop(StopCode.ServiceSchedulerInitiated, instance.Stopping ?? "")).Value;

    public Task Deactivate(ServiceInstance instance, int attempt) => TaskOf(instance).Deactivate(attempt);

    public Task Evict(ServiceInstance instance, int attempt, string reason) => TaskOf(instance).Evict(attempt, StopCode.HealthCheckFailed, reason);

    public Task Ensure(ServiceInstance instance) => TaskOf(instance).Ensure();

    /// <summary>Why a task that waits has no node; <see langword="null"/> where it has one by now, or is about to.</summary>
    public async Task<string?> Explain(ServiceInstance instance) => await Scheduler.Explain(IdOf(instance)) is { Feasible: 0 } explanation ? explanation.Summary : null;

    public string IdOf(ServiceInstance instance) => TaskId.OfService(service, instance.Slot, instance.Number);

    private ITaskGrain TaskOf(ServiceInstance instance) => grains.GetGrain<ITaskGrain>(GrainKeys.Task(cluster, IdOf(instance)));

    private static PlacementConstraint On(string node) => new() { Type = PlacementConstraintType.MemberOf, Expression = $"node == '{node}'" };

    private static TaskStart StartOf(ServiceRecord record, ServiceInstance instance)
    {
        var revision = record.Revision(instance.Revision);
        var (spec, task) = (revision.Spec, revision.Task);
        return new TaskStart
        {
            JobId = spec.Name,
            Name = instance.Slot.ToString(CultureInfo.InvariantCulture),
            Index = instance.Number,
            Count = record.Spec.DesiredCount,
            Team = spec.Team,
            Priority = spec.Priority,
            Definition = task.Definition,
            Resources = task.Resources,
            Ports = task.Ports,
            Extras = task.Extras,
            Checkpoint = task.Checkpoint,
            Essential = task.Essential,
            Group = TaskGroup.OfService(spec.Name),
            PlacementConstraints = instance.Node is null ? spec.PlacementConstraints : spec.PlacementConstraints.Add(On(instance.Node)),
            PlacementStrategy = spec.PlacementStrategy.IsEmpty ? _spread : spec.PlacementStrategy,
            Rules = spec.StartTimeout is { } seconds ? new TaskRules { StartTimeout = seconds } : null,
            IsOfService = true,
            FirstNode = instance.FirstNode,
        };
    }
}
