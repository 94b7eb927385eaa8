namespace OrleansCluster.Embedded;

/// <summary>A grain timer's callback as a request of its activation.</summary>
internal sealed class TimerTick(GrainTimer timer) : Request
{
    internal override string Name => "timer";

    internal override bool Interleaves => timer.Options.Interleave;

    internal override bool IsReadOnly => false;

    internal override bool KeepsAlive => timer.Options.KeepAlive;

    internal override bool IsAnswered => timer.IsDisposed;

    internal override void Answer(Task ended) => timer.OnEnded(ended);

    protected override Task? Invoke(object grain) => timer.RunAsync();
}
