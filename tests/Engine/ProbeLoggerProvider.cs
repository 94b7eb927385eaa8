using Microsoft.Extensions.Logging;

namespace OrleansCluster.Tests.Engine;

/// <summary>Reports each logged exception as the event <c>logged TypeName: message</c>.</summary>
internal sealed class ProbeLoggerProvider(Probe probe) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception?.GetBaseException() is { } cause)
            probe.Report($"logged {cause.GetType().Name}: {cause.Message}");
    }

    public void Dispose()
    {
    }
}
