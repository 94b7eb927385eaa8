using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansCluster.Silo.Hosting;
using OrleansCluster.Silo.Telemetry.Prometheus;

namespace OrleansCluster.Silo.Telemetry;

/// <summary>Composes what the silo tells of itself: metrics at <c>/metrics</c> always, and all three signals over OTLP where that is asked for.</summary>
internal static class SiloTelemetry
{
    private const int ExportPeriodMilliseconds = 15_000;

    /// <summary>Spans that wait to be sent; more are dropped. The library's own 2,048 are fewer than a job of 1,000 tasks makes in a moment.</summary>
    private const int QueuedSpans = 65_536;

    private const int SpansAtOnce = 4096;

    public static void AddSiloTelemetry(this WebApplicationBuilder builder, SiloOptions options)
    {
        var target = options.Otlp is { } url ? OtlpTarget.Parse(url, options.OtlpProtocol) : null;
        AddLogs(builder.Logging, options, target);
        builder.Services.AddSingleton(provider => new MetricsPage(
            page => CreateMeters(page, options, target, provider.GetRequiredService<IMeterFactory>())));
        builder.Services.AddHostedService(provider => new TelemetryService(
            provider.GetRequiredService<MetricsPage>(), () => target is null ? null : CreateTracer(options, target)));
    }

    private static void AddLogs(ILoggingBuilder logging, SiloOptions options, OtlpTarget? target)
    {
        logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddConsole(console => console.FormatterName = SiloConsoleFormatter.FormatterName);
        logging.AddConsoleFormatter<SiloConsoleFormatter, ConsoleFormatterOptions>();
        if (target is null)
            return;
        logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Resource(options));
            logs.AddOtlpExporter(exporter => target.Configure(exporter, "logs"));
        });
    }

    private static MeterProvider CreateMeters(MetricReader page, SiloOptions options, OtlpTarget? target, IMeterFactory own)
    {
        var meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(options))
            .AddMeter(Sources.Meters)
            .AddReader(page)

            // Where several silos share a process, as in tests, each tells of itself alone. The runtime's meters belong to none of them.
            .AddView(instrument => instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, own) ? null : MetricStreamConfiguration.Drop);
        if (target is not null)
        {
            meters.AddOtlpExporter((exporter, reader) =>
            {
                target.Configure(exporter, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = ExportPeriodMilliseconds;
            });
        }

        return meters.Build();
    }

    private static TracerProvider CreateTracer(SiloOptions options, OtlpTarget target) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource(options))
        .AddSource(Sources.Traces)
        .SetSampler(new ParentBasedSampler(new SubmissionSampler()))
        .AddOtlpExporter(exporter =>
        {
            target.Configure(exporter, "traces");
            exporter.BatchExportProcessorOptions.MaxQueueSize = QueuedSpans;
            exporter.BatchExportProcessorOptions.MaxExportBatchSize = SpansAtOnce;
        })
        .Build();

    private static ResourceBuilder Resource(SiloOptions options) => ResourceBuilder.CreateDefault().AddService(
        "ocs-silo",
        serviceNamespace: options.Cluster,
        serviceVersion: typeof(SiloTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        autoGenerateServiceInstanceId: false,
        serviceInstanceId: $"{options.Node ?? Environment.MachineName}@{options.Listen}");
}
