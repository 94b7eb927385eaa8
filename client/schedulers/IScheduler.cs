namespace OrleansCluster.Client;

/// <summary>A scheduler of one's own: it decides over the state that all schedulers share. The same one runs over HTTP and over grains.</summary>
public interface IScheduler
{
    /// <summary>
    /// Decides what to launch and to kill; asked at first, and whenever the cluster or the tasks have changed. One call at a time. The updates of the round are acknowledged
    /// once it has returned; what it throws ends the run, and they are told again to the next.
    /// </summary>
    Task<SchedulerDecision> DecideAsync(SchedulerRound round, CancellationToken cancellationToken);
}
