using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>One service: its desired count, its deployments, its tasks. Key: <see cref="GrainKeys.Service"/>.</summary>
[Alias("ocs.IServiceGrain")]
public interface IServiceGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the service, or changes it; durable when it returns. What changes its tasks begins a deployment, which supersedes one that is under way; another
    /// count alone does not. The same again changes nothing. Refused with all faults.
    /// </summary>
    [Alias("Put")]
    Task<Answer<ServiceView>> Put(ServiceSpec spec, PutMode mode);

    /// <summary><see langword="null"/> where there is no such service.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<ServiceView?> Get();

    /// <summary>Answers once <see cref="ServiceView.Version"/> differs from the one given, at the latest after <paramref name="wait"/> (60 s at most).</summary>
    [Alias("Watch"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<ServiceView?> Watch(long version, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Changes the desired count; durable when it returns.</summary>
    [Alias("Scale")]
    Task<Answer<ServiceView>> Scale(int desiredCount);

    /// <summary>Deploys the revision before the one that is deployed now, the last that was completed; refused where there is none.</summary>
    [Alias("Rollback")]
    Task<Answer<ServiceView>> Rollback();

    /// <summary>
    /// Ends the deployment that is under way; durable when it returns. Of its tasks those that have been healthy stay, and with blue/green those that get requests; or all go back to the revision that was
    /// last completed. Refused where none is under way, and where there is nothing to go back to.
    /// </summary>
    [Alias("StopDeployment")]
    Task<Answer<ServiceView>> StopDeployment(bool rollback);

    /// <summary>Answers hooks of the newest deployment that wait for an approval; durable when it returns. Refused where none does.</summary>
    /// <param name="hook">Which; <see langword="null"/> for all that wait.</param>
    /// <param name="deployment">The number of the deployment that is meant; <see langword="null"/> for the newest, whichever it is.</param>
    /// <param name="approve">Whether it may go on; otherwise it has failed.</param>
    [Alias("Approve")]
    Task<Answer<ServiceView>> Approve(string? hook, int? deployment, bool approve);

    /// <summary>Keeps a task from being stopped by scale in for some seconds, 0 to 172,800; 0 ends that.</summary>
    [Alias("Protect")]
    Task<Answer<ServiceView>> Protect(string taskId, int seconds);

    /// <summary>
    /// Moves its tasks until they are spread as evenly as may be, within its budget, whatever its mode is; durable when it returns, and done later. The answer shows the moves that
    /// are to be made. Refused where it is no service that spreads its tasks, and while a deployment is under way.
    /// </summary>
    /// <param name="isDry">Only shows them.</param>
    [Alias("Rebalance")]
    Task<Answer<ServiceView>> Rebalance(bool isDry);

    /// <summary>Stops its tasks, and is no more when they have stopped. Deleting what is being deleted changes nothing.</summary>
    [Alias("Delete")]
    Task<Answer<ServiceView>> Delete();

    /// <summary>From its tasks. May get lost: the service reads its tasks' persisted states on a slow timer.</summary>
    [Alias("TaskChanged"), OneWay]
    Task TaskChanged(TaskView task);

    /// <summary>From a node that is taken out of service, again and again: these tasks of the service are to go elsewhere.</summary>
    [Alias("Leave"), OneWay]
    Task Leave(string node, ImmutableArray<string> taskIds);

    /// <summary>
    /// Where it is reached. Answers once <see cref="ServiceEndpoints.Version"/> differs from the one given, at the latest after <paramref name="wait"/> (60 s at most);
    /// <see langword="null"/> where there is no such service.
    /// </summary>
    [Alias("Endpoints"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<ServiceEndpoints?> Endpoints(long version, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// A metric of the service's users: it counts for a minute, and is kept in memory alone. Refused for a name that nodes measure, and where the service has 32 others.
    /// </summary>
    [Alias("PutMetric"), AlwaysInterleave]
    Task<Answer<ServiceMetric>> PutMetric(string metric, double value);

    /// <summary>From a node's agent: what some of the service's tasks use there. May get lost.</summary>
    /// <returns>Whether more of it is wanted; if not, the agent need not ask for a minute.</returns>
    [Alias("ReportUsage"), AlwaysInterleave]
    Task<bool> ReportUsage(ImmutableArray<TaskUsage> tasks);

    /// <summary>Wakes it after a restart, so that it goes on.</summary>
    [Alias("Ensure"), AlwaysInterleave]
    Task Ensure();
}
