using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OrleansCluster.Silo.Telemetry.Prometheus;

/// <summary>Writes Prometheus's text format, version 0.0.4.</summary>
internal sealed class ExpositionWriter
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public void Write(MetricFamily family)
    {
        // Lines end with a line feed on every system.
        if (family.Help.Length > 0)
            _text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
        _text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind).Append('\n');
        foreach (var metric in family.Metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                Write(family, metric, in point);
        }
    }

    public override string ToString() => _text.ToString();

    private void Write(MetricFamily family, Metric metric, ref readonly MetricPoint point)
    {
        var labels = LabelsOf(point.Tags, family.NeedsScope ? metric.MeterName : null);
        if (metric.MetricType == MetricType.Histogram)
            WriteHistogram(family.Name, labels, in point);
        else if (ValueOf(metric.MetricType, in point) is { } value)
            WriteSample(family.Name, labels, value);
    }

    /// <summary>Buckets count all that is not above their bound, the one before included.</summary>
    private void WriteHistogram(string name, string labels, ref readonly MetricPoint point)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var bound = $"le=\"{Spell(bucket.ExplicitBound)}\"";
            WriteSample($"{name}_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", Spell(below));
        }

        WriteSample($"{name}_sum", labels, Spell(point.GetHistogramSum()));
        WriteSample($"{name}_count", labels, Spell(point.GetHistogramCount()));
    }

    private void WriteSample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value).Append('\n');
    }

    private static string? ValueOf(MetricType type, ref readonly MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Spell(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Spell(point.GetSumDouble()),
        MetricType.LongGauge => Spell(point.GetGaugeLastValueLong()),
        MetricType.DoubleGauge => Spell(point.GetGaugeLastValueDouble()),

        // Exponential histograms, which this text format cannot say; nothing here asks for them.
        _ => null,
    };

    private static string LabelsOf(ReadOnlyTagCollection tags, string? scope)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (scope is not null)
            labels.Add("otel_scope_name", scope);
        foreach (var (tag, value) in tags)
        {
            // Two tags may come to one label; the specification wants both values then.
            var label = PrometheusNames.LabelOf(tag);
            labels[label] = labels.TryGetValue(label, out var before) ? $"{before};{Spell(value)}" : Spell(value);
        }

        return string.Join(',', labels.Select(label => $"{label.Key}=\"{EscapeLabel(label.Value)}\""));
    }

    private static string Spell(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Spell(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Spell(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapeLabel(string value) =>
        EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
