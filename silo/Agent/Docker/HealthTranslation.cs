using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>Between the cluster's words for health checks and Docker's, which makes those that run in the container.</summary>
internal static class HealthTranslation
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>What an image brings is run only where the definition asks for it, as on ECS: nobody would read it.</summary>
    public static Wire.HealthConfig? Translate(HealthCheckSpec? check)
    {
        if (check is null || HealthProbes.Covers(check))
            return new Wire.HealthConfig { Test = ["NONE"] };
        if (check.Image)
            return Timed(Nanoseconds(check.Interval), Nanoseconds(check.Timeout), check.Retries ?? 0, Nanoseconds(check.StartPeriod));
        var timing = HealthTiming.Of(check);
        return Timed(Nanoseconds(timing.Interval), Nanoseconds(timing.Timeout), timing.Retries, Nanoseconds(timing.StartPeriod)) with { Test = ["CMD", .. check.Command] };
    }

    public static HealthFinding? Translate(Wire.HealthState? state) => state?.Status switch
    {
        null or "none" => null,
        "healthy" => new HealthFinding(HealthStatus.Healthy, null),
        "unhealthy" => new HealthFinding(HealthStatus.Unhealthy, Describe(state.Log)),
        _ => new HealthFinding(HealthStatus.Unknown, null),
    };

    private static string Describe(Wire.HealthResult[]? log) => log switch
    {
        [.., { ExitCode: > 0 } last] => $"exit code {last.ExitCode}: {last.Output}".TrimEnd(':', ' ', '\n'),
        [.., { Output: { Length: > 0 } output }] => output,
        _ => "Docker does not say why",
    };

    private static Wire.HealthConfig Timed(long interval, long timeout, int retries, long startPeriod) =>
        new() { Interval = interval, Timeout = timeout, Retries = retries, StartPeriod = startPeriod };

    private static long Nanoseconds(int? seconds) => (seconds ?? 0) * NanosecondsPerSecond;

    private static long Nanoseconds(TimeSpan time) => (long)time.TotalSeconds * NanosecondsPerSecond;
}
