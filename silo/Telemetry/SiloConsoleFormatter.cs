using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OrleansCluster.Silo.Telemetry;

/// <summary>
/// One line an entry, as the framework's simple formatter writes it, with the trace's ids behind the message. That formatter shows either no scope or all of
/// them, the web server's among them, and those in front of the message.
/// </summary>
internal sealed class SiloConsoleFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "silo";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(clock.GetUtcNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        textWriter.Write($"{WordOf(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] ");
        WriteOnOneLine(logEntry.Formatter(logEntry.State, logEntry.Exception), textWriter);
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            WriteOnOneLine(exception.ToString(), textWriter);
        }

        scopeProvider?.ForEachScope(WriteIds, textWriter);
        textWriter.Write(Environment.NewLine);
    }

    private static void WriteIds(object? scope, TextWriter writer)
    {
        if (scope is not IEnumerable<KeyValuePair<string, object?>> values)
            return;
        foreach (var (name, value) in values)
        {
            if (name is "TraceId" or "SpanId")
                writer.Write($" {name}:{value}");
        }
    }

    private static void WriteOnOneLine(string text, TextWriter writer) => writer.Write(text.ReplaceLineEndings(" "));

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
