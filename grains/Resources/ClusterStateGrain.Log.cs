using Microsoft.Extensions.Logging;

namespace OrleansCluster.Grains.ResourceManagement;

internal sealed partial class ClusterStateGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: another committer was first ({Conflict}); reloading")]
    private static partial void LogLostRace(ILogger logger, string cluster, string conflict);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: a write may or may not have happened; reloading")]
    private static partial void LogUncertainWrite(ILogger logger, Exception exception, string cluster);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: another committer is there since; this one ends")]
    private static partial void LogFollowed(ILogger logger, string cluster);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: node {Node} is silent, but too many others have just been declared lost; it is waited for")]
    private static partial void LogLossDelayed(ILogger logger, string cluster, string node);
}
