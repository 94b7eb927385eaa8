using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>A cluster's events, for those who reach it by grains alone. Key: <see cref="GrainKeys.Events"/>.</summary>
[Alias("ocs.IEventsGrain")]
public interface IEventsGrain : IGrainWithStringKey
{
    /// <summary>Answers once there is an event that was asked for, at the latest after the query's <see cref="EventQuery.Wait"/>.</summary>
    [Alias("Read"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<EventBatch> Read(EventQuery query, CancellationToken cancellationToken);

    /// <summary>The newest event's sequence number; 0 when there is none.</summary>
    [Alias("Last"), AlwaysInterleave]
    Task<long> Last(CancellationToken cancellationToken);
}
