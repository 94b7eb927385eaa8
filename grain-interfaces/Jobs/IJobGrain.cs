using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>One job: its graph, and which of its tasks may start. Key: <see cref="GrainKeys.Job"/>.</summary>
[Alias("ocs.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Validates everything, then accepts; durable when it returns. The same specification again gets the same answer; another one for the same
    /// id is refused as a conflict.
    /// </summary>
    [Alias("Submit")]
    Task<Answer<JobView>> Submit(JobSpec spec);

    /// <summary>Where the job's first tasks would run if it were submitted now. Validates as <see cref="Submit"/> does; nothing changes.</summary>
    [Alias("Plan"), AlwaysInterleave]
    Task<Answer<JobPlan>> Plan(JobSpec spec);

    /// <summary>
    /// Submits a job and places it as planned, all or nothing; durable when it returns. Refused as a conflict where a node has changed since: the faults name
    /// each. The same plan again gets the same answer.
    /// </summary>
    [Alias("SubmitPlan")]
    Task<Answer<JobView>> SubmitPlan(JobPlan plan);

    [Alias("Get"), AlwaysInterleave]
    Task<JobView?> Get();

    /// <summary>Answers once the job's <see cref="JobView.Version"/> differs from the one given, at the latest after <paramref name="wait"/>.</summary>
    [Alias("Watch"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<JobView?> Watch(long version, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Answers once the job has ended, at the latest after <paramref name="wait"/> (60 s at most); at once where there is no such job.</summary>
    [Alias("WaitForEnd"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<JobView?> WaitForEnd(TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Stops all its tasks and starts no more. Stopping what has ended changes nothing and is no error.</summary>
    [Alias("Stop")]
    Task<Answer<JobView>> Stop(string reason);

    /// <summary>From its tasks. May get lost: the job reads its tasks' persisted states on a slow timer.</summary>
    [Alias("TaskChanged"), OneWay]
    Task TaskChanged(TaskReport report);

    /// <summary>Wakes the job after a restart, so that it goes on where its persisted state says.</summary>
    [Alias("Ensure")]
    Task Ensure();
}
