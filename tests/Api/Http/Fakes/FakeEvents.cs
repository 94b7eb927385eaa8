namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeEvents : IEventsGrain
{
    public Func<EventQuery, Task<EventBatch>> OnRead { get; set; } = query => Task.FromResult(new EventBatch { Events = [], Last = query.After });

    public Task<EventBatch> Read(EventQuery query, CancellationToken cancellationToken) => OnRead(query);

    public Task<long> Last(CancellationToken cancellationToken) => Task.FromResult(0L);
}
