using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Tests.Api.Http.Fakes;

/// <summary>Answers listings with samples, and keeps what was asked for.</summary>
internal sealed class FakeQueries : IClusterQueries
{
    public string Asked { get; private set; } = "";

    public Task<Page<JobView>> ListJobs(string cluster, JobStatus? status, string? after, int limit, CancellationToken cancellationToken)
    {
        Asked = $"jobs {cluster} {status} {after} {limit}";
        return Task.FromResult(new Page<JobView> { Items = [Samples.Job("a-1", "a")], Next = "a-1" });
    }

    public Task<HashSet<string>> LiveJobs(string cluster, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<HashSet<string>> DrainedNodes(string cluster, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<HashSet<string>> Schedules(string cluster, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<ScheduleView>> ListSchedules(string cluster, string? after, int limit, CancellationToken cancellationToken)
    {
        Asked = $"schedules {cluster} {after} {limit}";
        return Task.FromResult(new Page<ScheduleView> { Items = [] });
    }

    public Task<HashSet<string>> Services(string cluster, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<HashSet<string>> Frameworks(string cluster, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<FrameworkView>> ListFrameworks(string cluster, string? after, int limit, CancellationToken cancellationToken)
    {
        Asked = $"frameworks {cluster} {after} {limit}";
        return Task.FromResult(new Page<FrameworkView> { Items = [] });
    }

    public Task<Page<ServiceView>> ListServices(string cluster, string? after, int limit, CancellationToken cancellationToken)
    {
        Asked = $"services {cluster} {after} {limit}";
        return Task.FromResult(new Page<ServiceView> { Items = [] });
    }

    public Task<Page<TaskView>> ListTasks(string cluster, string? jobId, TaskState? state, string? after, int limit, CancellationToken cancellationToken)
    {
        Asked = $"tasks {cluster} {jobId} {state} {after} {limit}";
        return Task.FromResult(new Page<TaskView> { Items = [Samples.Task("a-1.split.0")] });
    }

    public Task<Page<NodeView>> ListNodes(string cluster, CancellationToken cancellationToken)
    {
        Asked = $"nodes {cluster}";
        return Task.FromResult(new Page<NodeView> { Items = [Samples.Node("n1")] });
    }

    public Task<NodeView?> GetNode(string cluster, string node, CancellationToken cancellationToken) =>
        Task.FromResult(node == "n1" ? Samples.Node(node) : null);

    public Task<Page<TeamView>> ListTeams(string cluster, CancellationToken cancellationToken)
    {
        Asked = $"teams {cluster}";
        return Task.FromResult(new Page<TeamView> { Items = [new TeamView { Name = "a", IsDeclared = true, Used = default, ETag = "3" }] });
    }

    public Task<Page<TaskDefinition>> ListDefinitions(string? family, string? after, int limit, CancellationToken cancellationToken)
    {
        Asked = $"definitions {family} {after} {limit}";
        return Task.FromResult(new Page<TaskDefinition> { Items = [] });
    }
}
