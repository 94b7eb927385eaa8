namespace OrleansCluster.Tests.Engine.Suite;

/// <summary>Base of the tests that hold on either engine: each test has a host of its own.</summary>
public abstract class EngineSuite : IAsyncLifetime
{
    private protected EngineHost Host { get; private set; } = null!;

    private protected IGrainFactory Grains => Host.Grains;

    private protected Probe Probe => Host.Probe;

    public async ValueTask InitializeAsync() => Host = await EngineHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
