using Microsoft.Extensions.Logging;

namespace OrleansCluster.Grains.Scheduling;

internal sealed partial class BatchSchedulerGrain
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Cluster {Cluster}: of {Asked} attempts {Committed} were placed, {Rejected} lost their place to others")]
    private static partial void LogRound(ILogger logger, string cluster, int asked, int committed, int rejected);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: task {Task} has waited too long and cannot be told; trying again")]
    private static partial void LogNotGivenUp(ILogger logger, Exception exception, string cluster, string task);
}
