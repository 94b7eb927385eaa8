namespace OrleansCluster.Tests.Engine.Grains;

/// <summary>Comes and goes, and says so.</summary>
[Alias("engine.life")]
internal interface ILifeGrain : IGrainWithStringKey
{
    [Alias("live")]
    Task<int> Live();

    [Alias("go")]
    Task Go(string? gate);
}

internal sealed class LifeGrain(Probe probe) : Grain, ILifeGrain
{
    private readonly int _birth = probe.Events.Count(e => e == "born") + 1;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Report("born");
        if (this.GetPrimaryKeyString().StartsWith("stillborn", StringComparison.Ordinal) && _birth == 1)
        {
            await probe.Gate("birth");
            throw new FormatException("not this time");
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report($"gone: {reason.ReasonCode}");
        if (this.GetPrimaryKeyString() == "bad-end") throw new FormatException("bad end");
        return Task.CompletedTask;
    }

    public Task<int> Live() => Task.FromResult(_birth);

    public async Task Go(string? gate)
    {
        DeactivateOnIdle();
        if (gate is null) return;

        probe.Report($"in {gate}");
        await probe.Gate(gate);
        probe.Report($"out {gate}");
    }
}
