using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Engine.SplitBrain;

/// <summary>Two activations of one node's grain, of which only the one that took the node last may grant leases.</summary>
public sealed class NodeHoldTests : IAsyncLifetime
{
    private const string Session = "first";
    private readonly FailingStore _store = new(new InMemoryStore(TimeProvider.System));
    private EngineHost _old = null!;
    private EngineHost _new = null!;

    public async ValueTask InitializeAsync()
    {
        _old = await EngineHost.StartClusterAsync(_store);
        _new = await EngineHost.StartClusterAsync(_store);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Fails = false;
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    [Fact]
    public async Task Renew_AnotherActivationHasTakenTheNode_IsRefused()
    {
        await NodeOf(_old).Register(Registration(Session));
        Assert.True((await NodeOf(_old).Renew(Session)).IsHeld);

        await NodeOf(_new).Ensure();

        Assert.False((await NodeOf(_old).Renew(Session)).IsHeld);
    }

    [Fact]
    public async Task Register_AtTheActivationThatTookTheNodeLast_IsGranted()
    {
        await NodeOf(_old).Register(Registration(Session));

        var answer = await NodeOf(_new).Register(Registration("second"));

        Assert.True(answer.Value!.IsHeld);
        Assert.True((await NodeOf(_new).Renew("second")).IsHeld);
        Assert.False((await NodeOf(_old).Renew(Session)).IsHeld);
    }

    [Fact]
    public async Task Renew_NobodyReachesTheStore_IsGrantedUntilItIsBack()
    {
        await NodeOf(_old).Register(Registration(Session));

        _store.Fails = true;
        Assert.True((await NodeOf(_old).Renew(Session)).IsHeld);

        _store.Fails = false;
        Assert.True((await NodeOf(_old).Renew(Session)).IsHeld);
    }

    private static INodeGrain NodeOf(EngineHost engine) => engine.Grains.GetGrain<INodeGrain>(GrainKeys.Node("test", "n1"));

    private static NodeRegistration Registration(string session) =>
        new() { Node = "n1", Capacity = new Resources(1000, 1000, 1000), Session = session, Runtime = "" };
}
