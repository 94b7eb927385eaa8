using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OrleansCluster.Silo.Telemetry.Prometheus;

/// <summary>Keeps what was collected last as text.</summary>
internal sealed class PageExporter : BaseExporter<Metric>
{
    public string Text { get; private set; } = "";

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var families = new SortedDictionary<string, MetricFamily>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            var name = PrometheusNames.Of(metric);
            if (!families.TryGetValue(name, out var family))
                families.Add(name, family = new MetricFamily(name, MetricFamily.KindOf(metric.MetricType), metric.Description));
            family.Add(metric);
        }

        var writer = new ExpositionWriter();
        foreach (var family in families.Values)
            writer.Write(family);
        Text = writer.ToString();
        return ExportResult.Success;
    }
}
