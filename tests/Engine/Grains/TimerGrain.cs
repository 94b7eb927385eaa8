namespace OrleansCluster.Tests.Engine.Grains;

internal sealed class TimerGrain(Probe probe) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private bool _busy;

    public Task Start(string name, TimeSpan due, TimeSpan period, bool interleave, bool fail)
    {
        _timer = this.RegisterGrainTimer(
            (state, _) =>
            {
                probe.Report(_busy ? $"tick {state} within a call" : $"tick {state}");
                return fail ? throw new FormatException($"{state} failed") : Task.CompletedTask;
            },
            name,
            new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartLong(string name)
    {
        _timer = this.RegisterGrainTimer(
            async token =>
            {
                probe.Report($"tick {name}");
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }
                finally
                {
                    probe.Report($"end {name}");
                }
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        _busy = true;
        probe.Report($"in {gate}");
        await probe.Gate(gate);
        _busy = false;
    }

    public Task Go()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
