namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerRuntime
{
    [LoggerMessage(LogLevel.Information, "Pulling image {Image}")]
    private static partial void LogPulling(ILogger logger, string image);

    [LoggerMessage(LogLevel.Information, "Pulled image {Image} in {Seconds:F1} s")]
    private static partial void LogPulled(ILogger logger, string image, double seconds);

    [LoggerMessage(LogLevel.Warning, "Docker warns about {Name}: {Warning}")]
    private static partial void LogCreateWarning(ILogger logger, string name, string warning);

    [LoggerMessage(LogLevel.Warning, "The stream of container events has ended: {Reason}")]
    private static partial void LogWatchEnded(ILogger logger, string reason);
}
