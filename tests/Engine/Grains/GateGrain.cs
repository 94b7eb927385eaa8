namespace OrleansCluster.Tests.Engine.Grains;

internal sealed class GateGrain(Probe probe) : GateGrainBase(probe), IGateGrain;

internal abstract class GateGrainBase(Probe probe) : Grain, IGateMethods
{
    private int _count;

    public Task Pass(string gate) => StayUntilOpen(gate);

    public Task Interleave(string gate) => StayUntilOpen(gate);

    public Task Read(string gate) => StayUntilOpen(gate);

    public async Task<int> CountSlowly()
    {
        var read = _count;
        await Task.Yield();
        return _count = read + 1;
    }

    /// <summary>Calls this very grain through another one, which works only if calls may interleave.</summary>
    public Task CallBack(string key, string gate) => GrainFactory.GetGrain<IRelayGrain>(key).PassOn(this.GetPrimaryKeyString(), gate);

    private async Task StayUntilOpen(string gate)
    {
        probe.Report($"in {gate}");
        await probe.Gate(gate);
        probe.Report($"out {gate}");
    }
}
