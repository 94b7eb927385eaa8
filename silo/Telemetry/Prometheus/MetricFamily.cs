using OpenTelemetry.Metrics;

namespace OrleansCluster.Silo.Telemetry.Prometheus;

/// <summary>All metrics of one name: the format wants them side by side, under one type.</summary>
internal sealed class MetricFamily(string name, string kind, string help)
{
    private readonly List<Metric> _metrics = [];

    public string Name { get; } = name;

    /// <summary><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</summary>
    public string Kind { get; } = kind;

    public string Help { get; } = help;

    public IReadOnlyList<Metric> Metrics => _metrics;

    /// <summary>Meters that use one name would write the same series twice, so those say whose they are.</summary>
    public bool NeedsScope => _metrics.Count > 1;

    /// <summary>What another meter counts under this name as something else has no place in the format and is left out.</summary>
    public void Add(Metric metric)
    {
        if (KindOf(metric.MetricType) == Kind)
            _metrics.Add(metric);
    }

    public static string KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };
}
