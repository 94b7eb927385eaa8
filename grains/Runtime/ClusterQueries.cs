using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Grains.Frameworks;
using OrleansCluster.Grains.ResourceManagement.Draining;
using OrleansCluster.Grains.Schedules;
using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Tasks.Definitions;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Teams;
using OrleansCluster.Placement;

namespace OrleansCluster.Grains.Runtime;

internal sealed class ClusterQueries(ITransactionalStore store, SchedulerShards shards, IGrainFactory grains) : IClusterQueries
{
    private const int PageSize = 200;

    public async Task<Page<JobView>> ListJobs(string cluster, JobStatus? status, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = new StateQuery
        {
            Kind = JobGrainState.Name,
            Cluster = cluster,
            Status = status is { } wanted ? JobGrainState.StatusOf(wanted) : null,
            AfterKey = after is null ? null : GrainKeys.Job(cluster, after),
            Limit = limit,
        };
        var rows = await store.ListStates(query, cancellationToken);
        var jobs = await Task.WhenAll(rows.Select(r => grains.GetGrain<IJobGrain>(r.Key).Get()));
        return PageOf([.. jobs.OfType<JobView>()], rows.Length == limit, j => j.Id);
    }

    public Task<HashSet<string>> LiveJobs(string cluster, CancellationToken cancellationToken) => Live(JobGrainState.Name, cluster, cancellationToken);

    public Task<HashSet<string>> DrainedNodes(string cluster, CancellationToken cancellationToken) => Live(NodeDrainState.Name, cluster, cancellationToken);

    public Task<HashSet<string>> Schedules(string cluster, CancellationToken cancellationToken) => Live(ScheduleGrainState.Name, cluster, cancellationToken);

    public Task<HashSet<string>> Services(string cluster, CancellationToken cancellationToken) => Live(ServiceGrainState.Name, cluster, cancellationToken);

    public Task<HashSet<string>> Frameworks(string cluster, CancellationToken cancellationToken) => Live(FrameworkGrainState.Name, cluster, cancellationToken);

    public async Task<Page<ServiceView>> ListServices(string cluster, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = new StateQuery
        {
            Kind = ServiceGrainState.Name,
            Cluster = cluster,
            IsLive = true,
            AfterKey = after is null ? null : GrainKeys.Service(cluster, after),
            Limit = limit,
        };
        var rows = await store.ListStates(query, cancellationToken);
        var services = await Task.WhenAll(rows.Select(r => grains.GetGrain<IServiceGrain>(r.Key).Get()));
        return PageOf([.. services.OfType<ServiceView>()], rows.Length == limit, s => s.Spec.Name);
    }

    public async Task<Page<FrameworkView>> ListFrameworks(string cluster, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = new StateQuery
        {
            Kind = FrameworkGrainState.Name,
            Cluster = cluster,
            IsLive = true,
            AfterKey = after is null ? null : GrainKeys.Framework(cluster, after),
            Limit = limit,
        };
        var rows = await store.ListStates(query, cancellationToken);
        var frameworks = await Task.WhenAll(rows.Select(r => grains.GetGrain<IFrameworkGrain>(r.Key).Get()));
        return PageOf([.. frameworks.OfType<FrameworkView>()], rows.Length == limit, f => f.Spec.Name);
    }

    public async Task<Page<ScheduleView>> ListSchedules(string cluster, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = new StateQuery
        {
            Kind = ScheduleGrainState.Name,
            Cluster = cluster,
            IsLive = true,
            AfterKey = after is null ? null : GrainKeys.Schedule(cluster, after),
            Limit = limit,
        };
        var rows = await store.ListStates(query, cancellationToken);
        return PageOf([.. rows.Select(r => Read<ScheduleGrainState>(r).Record!.ToView())], rows.Length == limit, s => s.Spec.Name);
    }

    private async Task<HashSet<string>> Live(string kind, string cluster, CancellationToken cancellationToken)
    {
        var live = new HashSet<string>(StringComparer.Ordinal);
        var query = new StateQuery { Kind = kind, Cluster = cluster, IsLive = true, Limit = PageSize };
        for (var rows = await store.ListStates(query, cancellationToken); !rows.IsEmpty; rows = await store.ListStates(query, cancellationToken))
        {
            live.UnionWith(rows.Select(r => GrainKeys.Split(r.Key).Name));
            query = query with { AfterKey = rows[^1].Key };
        }

        return live;
    }

    public async Task<Page<TaskView>> ListTasks(
        string cluster, string? jobId, TaskState? state, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = new StateQuery
        {
            Kind = TaskGrainState.Name,
            Cluster = cluster,
            Parent = jobId,
            Status = state is { } wanted ? TaskGrainState.StatusOf(wanted) : null,
            AfterKey = after is null ? null : GrainKeys.Task(cluster, after),
            Limit = limit,
        };
        var rows = await store.ListStates(query, cancellationToken);
        return PageOf([.. rows.Select(r => Read<TaskGrainState>(r).Record!.ToView())], rows.Length == limit, t => t.Id);
    }

    public async Task<Page<NodeView>> ListNodes(string cluster, CancellationToken cancellationToken)
    {
        var snapshot = await Snapshot(cluster, cancellationToken);
        return new Page<NodeView> { Items = [.. snapshot.Nodes.Select(n => ToView(n, []))] };
    }

    public async Task<NodeView?> GetNode(string cluster, string node, CancellationToken cancellationToken)
    {
        var snapshot = (await Snapshot(cluster, cancellationToken)).Nodes.FirstOrDefault(n => n.Name == node);
        if (snapshot is null)
            return null;
        var claims = await grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(cluster)).ReadNode(node);
        return ToView(snapshot, claims?.Claims ?? []) with { Drain = await grains.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(cluster, node)).Get() };
    }

    public async Task<Page<TeamView>> ListTeams(string cluster, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(shards.Keys(cluster).Select(key => grains.GetGrain<ISchedulerGrain>(key).CountQueued()));
        var queued = counts.SelectMany(count => count).GroupBy(team => team.Key, team => team.Value, StringComparer.Ordinal)
            .ToDictionary(team => team.Key, team => team.Sum(), StringComparer.Ordinal);
        var snapshot = await Snapshot(cluster, cancellationToken);
        return new Page<TeamView> { Items = TeamViews.Of(snapshot.Teams, ClusterSums.Of(ClusterArrays.From(snapshot)).Capacity, queued) };
    }

    private Task<ClusterDelta> Snapshot(string cluster, CancellationToken cancellationToken) =>
        grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(cluster)).Read(ClusterVersion.None, isFresh: true, TimeSpan.Zero, cancellationToken);

    public async Task<Page<TaskDefinition>> ListDefinitions(string? family, string? after, int limit, CancellationToken cancellationToken)
    {
        if (family is not null)
            return new Page<TaskDefinition> { Items = await grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(family)).List() };
        var query = new StateQuery
        {
            Kind = TaskDefinitionState.Name,
            Cluster = "",
            AfterKey = after is null ? null : GrainKeys.TaskDefinition(after),
            Limit = limit,
        };
        var rows = await store.ListStates(query, cancellationToken);
        return PageOf([.. rows.Select(r => Read<TaskDefinitionState>(r).Revisions[^1])], rows.Length == limit, d => d.Family);
    }

    private static Page<T> PageOf<T>(ImmutableArray<T> items, bool isFull, Func<T, string> keyOf) =>
        new() { Items = items, Next = isFull && !items.IsEmpty ? keyOf(items[^1]) : null };

    private static T Read<T>(StateRow row) => JsonSerializer.Deserialize<T>(row.Json, StoreJson.Options)
        ?? throw new InvalidOperationException($"The stored state {row.Kind} {row.Key} is empty.");

    private static NodeView ToView(NodeSnapshot node, ImmutableArray<Claim> claims) => new()
    {
        Name = node.Name,
        Status = node.Status,
        Capacity = node.Capacity,
        Claimed = node.Claimed,
        TaskCount = node.ClaimCount,
        Attributes = node.Attributes,
        Runtime = node.Runtime,
        ETag = $"{node.ETag}",
        Tasks = [.. claims.Select(c => c.TaskId)],
        TaskGroups = node.TaskGroups,
        RegisteredAt = node.RegisteredAt,
        AgentVersion = node.AgentVersion,
        ExtraCapacity = node.ExtraCapacity,
        ExtraClaimed = node.ExtraClaimed,
    };
}
