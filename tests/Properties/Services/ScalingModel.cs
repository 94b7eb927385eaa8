using OrleansCluster.Grains.Services.Autoscaling;

namespace OrleansCluster.Tests.Services;

/// <summary>A service and its autoscaler, as its grain drives it, in a time that is stepped.</summary>
internal sealed class ScalingModel(AutoscalingSpec spec, int desired)
{
    private readonly ScalingHistory _history = new();

    public AutoscalingSpec Spec => spec;
    public DateTimeOffset Now { get; private set; } = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    public int Desired { get; private set; } = desired;
    public ScalingRecord Last { get; private set; } = new();
    public int? MostOfTeam { get; set; }
    public bool IsDeploying { get; set; }

    /// <summary>What changed at the last look, from what to what.</summary>
    public (int From, int To, ScalingRecord Before) Change { get; private set; }

    public ScalingDecision Look(IReadOnlyDictionary<string, MetricReading> metrics, int running)
    {
        var sight = SightOf(metrics, running);
        var wants = Autoscaler.Wants(sight);
        _history.Note(Autoscaler.Fewest(wants), Now);
        var decision = Autoscaler.Decide(sight, wants, _history.Highest(Autoscaler.WindowOf(spec), Now));
        Change = (Desired, decision.Desired, Last);
        if (decision.Desired != Desired)
            Last = decision.Desired > Desired ? Last with { LastOut = Now } : Last with { LastIn = Now };
        Desired = decision.Desired;
        return decision;
    }

    public ScalingSight SightOf(IReadOnlyDictionary<string, MetricReading> metrics, int running) => new()
    {
        Spec = spec,
        Bounds = ScalingBounds.Of(spec, Now),
        Desired = Desired,
        Running = running,
        Metrics = metrics,
        Last = Last,
        MostOfTeam = MostOfTeam,
        IsDeploying = IsDeploying,
        Now = Now,
    };

    public void Pass(TimeSpan time) => Now += time;
}
