namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeDrain : INodeDrainGrain
{
    public NodeDrain? Drain { get; private set; }
    public Refusal? Refusal { get; set; }

    public Task<Answer<NodeDrain>> Begin(NodeDrain drain)
    {
        if (Refusal is not null)
            return Task.FromResult<Answer<NodeDrain>>(Refusal);
        Drain = drain;
        return Task.FromResult<Answer<NodeDrain>>(drain);
    }

    public Task<Refusal?> End()
    {
        Drain = null;
        return Task.FromResult(Refusal);
    }

    public Task<NodeDrain?> Get() => Task.FromResult(Drain);

    public Task Ensure() => throw new NotSupportedException();
}
