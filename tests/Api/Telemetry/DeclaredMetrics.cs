using System.Diagnostics.Metrics;
using OrleansCluster.Silo.Telemetry;
using OrleansCluster.Silo.Telemetry.Prometheus;

namespace OrleansCluster.Tests.Api.Telemetry;

/// <summary>The names under which <c>/metrics</c> shows the instruments of this process, those among them that have counted nothing yet.</summary>
internal static class DeclaredMetrics
{
    public static HashSet<string> Names()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (Sources.Meters.Any(meter => Matches(meter, instrument.Meter.Name)))
                names.UnionWith(NamesOf(instrument));
        };
        listener.Start();
        return names;
    }

    private static string[] NamesOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        var kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter"
            : "gauge";
        var name = PrometheusNames.Of(instrument.Name, instrument.Unit, kind);
        return kind == "histogram" ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
