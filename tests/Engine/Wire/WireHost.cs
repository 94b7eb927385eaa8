namespace OrleansCluster.Tests.Engine.Wire;

/// <summary>One engine for all tests of a class: they only look at it.</summary>
public sealed class WireHost : IAsyncLifetime
{
    internal EngineHost Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Engine = await EngineHost.StartAsync();

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
