using OpenTelemetry.Trace;
using OrleansCluster.Silo.Telemetry.Prometheus;

namespace OrleansCluster.Silo.Telemetry;

/// <summary>Starts before everything that tells something and ends after it, so that what happens last is sent as well.</summary>
internal sealed class TelemetryService(MetricsPage page, Func<TracerProvider?> createTracer) : IHostedService
{
    private TracerProvider? _tracer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        page.Open();
        _tracer = createTracer();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // Each sends what it still has.
        _tracer?.Dispose();
        page.Dispose();
        return Task.CompletedTask;
    }
}
