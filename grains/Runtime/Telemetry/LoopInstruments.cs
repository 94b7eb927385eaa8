using System.Diagnostics.Metrics;

namespace OrleansCluster.Grains.Runtime.Telemetry;

public sealed class LoopInstruments
{
    public const string MeterName = "OrleansCluster.Runtime";

    private readonly Counter<long> _failures;

    public LoopInstruments(IMeterFactory meters) => _failures = meters.Create(MeterName).CreateCounter<long>(
        "ocs.loop.failures", "{failure}", "Steps of background loops that failed; the loops go on.");

    public void Failed(string kind) => _failures.Add(1, new KeyValuePair<string, object?>("loop", kind));
}
