using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansCluster.Silo.Telemetry;
using OrleansCluster.Tests.Unit.Agent;

namespace OrleansCluster.Tests.Unit.Telemetry;

public sealed class SiloConsoleFormatterTests
{
    [Fact]
    public void Write_OutsideASpan_IsOneLine() =>
        Assert.Equal($"00:00:00.000 warn: Ocs.Part[7] two lines{Environment.NewLine}", Write("two\nlines", exception: null));

    [Fact]
    public void Write_InASpan_EndsWithItsIds()
    {
        using var span = new Activity("test").Start();

        Assert.Equal($"00:00:00.000 warn: Ocs.Part[7] hello SpanId:{span.SpanId} TraceId:{span.TraceId}{Environment.NewLine}", Write("hello", exception: null));
    }

    [Fact]
    public void Write_AnException_StaysOnTheLine() =>
        Assert.Equal(
            $"00:00:00.000 warn: Ocs.Part[7] failed System.IO.IOException: disk  ---> System.TimeoutException: late    --- End of inner exception stack trace ---{Environment.NewLine}",
            Write("failed", new IOException("disk", new TimeoutException("late"))));

    private static string Write(string message, Exception? exception)
    {
        // Through a logger factory, because it is what makes scopes of spans.
        var kept = new ScopeKeeper();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging
                .AddProvider(kept)
                .Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId))
            .BuildServiceProvider();
        services.GetRequiredService<ILoggerFactory>().CreateLogger("any");
        var text = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Warning, "Ocs.Part", new EventId(7), message, exception, (state, _) => state);
        new SiloConsoleFormatter(new ManualClock()).Write(entry, kept.Scopes, text);
        return text.ToString();
    }

    private sealed class ScopeKeeper : ILoggerProvider, ISupportExternalScope
    {
        public IExternalScopeProvider? Scopes { get; private set; }

        public ILogger CreateLogger(string categoryName) => NullLogger.Instance;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

        public void Dispose()
        {
        }
    }
}
