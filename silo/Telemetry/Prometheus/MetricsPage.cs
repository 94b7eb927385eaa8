using OpenTelemetry.Metrics;

namespace OrleansCluster.Silo.Telemetry.Prometheus;

/// <summary>What <c>/metrics</c> shows: everything counted since the start, collected when it is asked for.</summary>
internal sealed class MetricsPage(Func<MetricReader, MeterProvider> createMeters) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PageExporter _exporter = new();
    private MetricReader? _reader;
    private MeterProvider? _meters;

    /// <summary>Counting begins here.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _reader = new BaseExportingMetricReader(_exporter);
            _meters = createMeters(_reader);
        }
    }

    /// <summary>One reader at a time: two scrapers that come at once get two pages, and never halves of one.</summary>
    public string Render()
    {
        lock (_lock)
        {
            _reader?.Collect();
            return _exporter.Text;
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _meters?.Dispose();
    }
}
