using Orleans.Concurrency;

namespace OrleansCluster.Tests.Engine.Grains;

[Reentrant]
internal sealed class ReentrantGateGrain(Probe probe) : GateGrainBase(probe), IReentrantGateGrain;
