namespace OrleansCluster.Grains.Runtime;

/// <summary>Listings, read from the store's committed state.</summary>
public interface IClusterQueries
{
    Task<Page<JobView>> ListJobs(string cluster, JobStatus? status, string? after, int limit, CancellationToken cancellationToken);
    /// <summary>The ids of all jobs that have not ended.</summary>
    Task<HashSet<string>> LiveJobs(string cluster, CancellationToken cancellationToken);

    /// <summary>The names of all nodes that are taken out of service, lost ones among them.</summary>
    Task<HashSet<string>> DrainedNodes(string cluster, CancellationToken cancellationToken);

    /// <summary>The names of all schedules.</summary>
    Task<HashSet<string>> Schedules(string cluster, CancellationToken cancellationToken);

    /// <summary>The names of all services.</summary>
    Task<HashSet<string>> Services(string cluster, CancellationToken cancellationToken);

    /// <summary>The names of all frameworks.</summary>
    Task<HashSet<string>> Frameworks(string cluster, CancellationToken cancellationToken);

    Task<Page<FrameworkView>> ListFrameworks(string cluster, string? after, int limit, CancellationToken cancellationToken);
    Task<Page<ServiceView>> ListServices(string cluster, string? after, int limit, CancellationToken cancellationToken);
    Task<Page<ScheduleView>> ListSchedules(string cluster, string? after, int limit, CancellationToken cancellationToken);
    Task<Page<TaskView>> ListTasks(string cluster, string? jobId, TaskState? state, string? after, int limit, CancellationToken cancellationToken);
    Task<Page<NodeView>> ListNodes(string cluster, CancellationToken cancellationToken);
    Task<NodeView?> GetNode(string cluster, string node, CancellationToken cancellationToken);
    /// <summary>Teams that are declared, have claims or have attempts waiting, in the order of their names.</summary>
    Task<Page<TeamView>> ListTeams(string cluster, CancellationToken cancellationToken);
    Task<Page<TaskDefinition>> ListDefinitions(string? family, string? after, int limit, CancellationToken cancellationToken);
}
