using Orleans.Concurrency;

namespace OrleansCluster.Tests.Engine.Grains;

/// <summary>Calls that stay inside the grain until the test opens their gate.</summary>
[Alias("engine.gate-methods")]
internal interface IGateMethods : IGrainWithStringKey
{
    [Alias("pass")]
    Task Pass(string gate);

    [AlwaysInterleave, Alias("interleave")]
    Task Interleave(string gate);

    [ReadOnly, Alias("read")]
    Task Read(string gate);

    [Alias("count")]
    Task<int> CountSlowly();

    [Alias("call")]
    Task CallBack(string key, string gate);
}

[Alias("engine.gate")]
internal interface IGateGrain : IGateMethods;

[Alias("engine.reentrant")]
internal interface IReentrantGateGrain : IGateMethods;
