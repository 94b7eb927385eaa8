using Microsoft.Extensions.Logging;

namespace OrleansCluster.Grains.ResourceManagement;

internal sealed partial class NodeGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} joined with session {Session} ({Runtime})")]
    private static partial void LogRegistered(ILogger logger, string node, string session, string runtime);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} has not renewed its lease for {Time} and is declared lost")]
    private static partial void LogLost(ILogger logger, string node, TimeSpan time);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node}: no silo reaches the store; the lease is granted without it")]
    private static partial void LogGeneralOutage(ILogger logger, Exception exception, string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} is held by another activation; this one ends")]
    private static partial void LogHeldElsewhere(ILogger logger, string node);
}
