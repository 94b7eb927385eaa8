namespace OrleansCluster.Tests.Engine.Grains;

[Alias("engine.relay")]
internal interface IRelayGrain : IGrainWithStringKey
{
    [Alias("pass-on")]
    Task PassOn(string key, string gate);
}

internal sealed class RelayGrain : Grain, IRelayGrain
{
    public Task PassOn(string key, string gate) => GrainFactory.GetGrain<IReentrantGateGrain>(key).Pass(gate);
}
