using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>The lifecycle of one task. Key: <see cref="GrainKeys.Task"/>.</summary>
[Alias("ocs.ITaskGrain")]
public interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>Durable when it returns; the task is PROVISIONING then and its job queues it. A second start changes nothing.</summary>
    [Alias("Start")]
    Task<TaskView> Start(TaskStart start);

    /// <summary>
    /// From a scheduler, or from the node where its agent says nothing: a claim for this attempt has been committed. May get lost: the agent's observations
    /// say the same.
    /// </summary>
    [Alias("Placed")]
    Task Placed(int attempt, string node);

    /// <summary>From the node: merges an observation; durable when it returns.</summary>
    [Alias("Observe")]
    Task<TaskDirective> Observe(TaskObservation observation);

    /// <summary>From the node: its lease ran out. Ends that attempt and opens the next; its claim may be given back when this returns.</summary>
    [Alias("NodeLost")]
    Task NodeLost(string node, int attempt);

    /// <summary>
    /// Ends that attempt for the system's own reasons, so that the next one takes its place: it is stopped as by <see cref="Stop"/>, but its task goes on. Durable when it
    /// returns. An attempt that waits for a node, or has ended, stays as it is; only with <see cref="StopCode.GangEnded"/> what waits gives way to its next attempt, too.
    /// </summary>
    [Alias("Evict")]
    Task Evict(int attempt, StopCode code, string reason);

    /// <summary>From its scheduler: that attempt has waited for a node for as long as it may. The task ends, unless it has got one meanwhile.</summary>
    [Alias("GiveUpWaiting")]
    Task GiveUpWaiting(int attempt);

    /// <summary>From its service: that attempt gets no more requests and is to stop soon. Durable when it returns; one that does not run stays as it is.</summary>
    [Alias("Deactivate")]
    Task Deactivate(int attempt);

    /// <summary>From its framework: that has dealt with its coming to a state. Durable when it returns; of one that it has not come to nothing is kept.</summary>
    [Alias("Acknowledge")]
    Task Acknowledge(TaskState state);

    /// <summary>Stops for good. Stopping what has stopped changes nothing and is no error.</summary>
    [Alias("Stop")]
    Task<Answer<TaskView>> Stop(StopCode code, string reason);

    /// <summary>
    /// From an agent: a checkpoint is stored whole, or could not be taken. It is the task's only if its attempt is the current one and no other has that number;
    /// durable when it returns. The same report again gets the same answer.
    /// </summary>
    [Alias("Checkpointed")]
    Task<CheckpointReceipt> Checkpointed(CheckpointReport report);

    /// <summary>Asks for a checkpoint, durably; <see cref="WatchCheckpoint"/> tells when that request (<see cref="TaskCheckpoints.Requested"/>) has been answered.</summary>
    [Alias("RequestCheckpoint")]
    Task<Answer<TaskCheckpoints>> RequestCheckpoint();

    /// <summary>Answers once that request has been answered or the task has stopped, at the latest after <paramref name="wait"/> (60 s at most).</summary>
    [Alias("WatchCheckpoint"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<TaskView?> WatchCheckpoint(int request, TimeSpan wait, CancellationToken cancellationToken);

    [Alias("Get"), AlwaysInterleave]
    Task<TaskView?> Get();

    /// <summary>
    /// Answers once the task is no longer where the caller knows it, at the latest after <paramref name="wait"/> (60 s at most); at once when it has
    /// stopped for good.
    /// </summary>
    /// <param name="attempt">The attempt known; 0 to wait for the task's start.</param>
    /// <param name="state">The state known; PROVISIONING with attempt 0.</param>
    [Alias("Watch"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<TaskView?> Watch(int attempt, TaskState state, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>As <see cref="Watch"/>, and answers also once its health is no longer as the caller knows it.</summary>
    /// <param name="health">The health known; <see langword="null"/> where there was none.</param>
    [Alias("WatchHealth"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<TaskView?> WatchHealth(int attempt, TaskState state, HealthStatus? health, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>From its job, after a restart and on a slow timer: repeats whatever message may have been lost.</summary>
    [Alias("Ensure")]
    Task Ensure();
}
