namespace OrleansCluster.Tests.Engine.Grains;

internal sealed class EchoGrain(Probe probe, IGrainFactory grains) : Grain, IEchoGrain
{
    public Task<Note> Echo(Note note) => Task.FromResult(note);

    public ValueTask<int> EchoValue(int value) => ValueTask.FromResult(value);

    public async ValueTask Nothing() => await Task.Yield();

    public Task Fail(string message, bool synchronously)
    {
        if (synchronously) throw new ArgumentException(message);
        return FailLater(message);
    }

    public async Task<int> RelayFailure(string key, string message)
    {
        await grains.GetGrain<IEchoGrain>(key).Fail(message, synchronously: false);
        return 1;
    }

    public async Task TooSlow(string gate)
    {
        probe.Report($"in {gate}");
        await probe.Gate(gate);
        probe.Report($"out {gate}");
    }

    public async Task Wait(string name, CancellationToken cancellationToken)
    {
        probe.Report($"waits {name}");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            probe.Report($"cancelled {name}");
        }
    }

    public Task RelayWait(string key, string name, CancellationToken cancellationToken) =>
        grains.GetGrain<IEchoGrain>(key).Wait(name, cancellationToken);

    public async Task OneWay(string gate, bool fail)
    {
        probe.Report($"in {gate}");
        await probe.Gate(gate);
        if (fail) throw new InvalidOperationException(gate);
        probe.Report($"out {gate}");
    }

    public async Task<string?> Context(string key, string? relayTo)
    {
        await Task.Yield();
        return relayTo is null ? RequestContext.Get(key) as string : await grains.GetGrain<IEchoGrain>(relayTo).Context(key, null);
    }

    public Task SetContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string> Identity() => Task.FromResult($"{this.GetGrainId().Type} {this.GetPrimaryKeyString()} {this.GetGrainId()}");

    private static async Task FailLater(string message)
    {
        await Task.Yield();
        throw new ArgumentException(message);
    }
}
