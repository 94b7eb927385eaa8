using Microsoft.Extensions.Logging;

namespace OrleansCluster.Grains.Scheduling;

internal sealed partial class BatchSchedulerGrain
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Cluster {Cluster}: of {Asked} attempts {Committed} were placed, {Rejected} lost their place to others")]
    private static partial void LogRound(ILogger logger, string cluster, int asked, int committed, int rejected);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: task {Task} has waited too long and cannot be told; trying again")]
    private static partial void LogNotGivenUp(ILogger logger, Exception exception, string cluster, string task);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: task {Victim} is told to leave for {Task}")]
    private static partial void LogPreempted(ILogger logger, string cluster, string victim, string task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: task {Victim} cannot be told to leave; trying again")]
    private static partial void LogNotPreempted(ILogger logger, Exception exception, string cluster, string victim);
}
