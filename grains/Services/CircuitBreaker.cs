namespace OrleansCluster.Grains.Services;

/// <summary>Whether a deployment has failed.</summary>
internal static class CircuitBreaker
{
    private const int Fewest = 3;
    private const int Most = 200;

    /// <summary>ECS's rule, unless the service has one of its own.</summary>
    public static int ThresholdOf(CircuitBreakerSpec breaker, ServiceLimits limits) => breaker switch
    {
        { Count: { } count } => count,
        { Percent: { } percent } => Math.Max(1, limits.Share(percent)),
        _ => Math.Clamp((limits.Desired + 1) / 2, Fewest, Most),
    };

    public static int CountedOf(CircuitBreakerSpec breaker, DeploymentRecord deployment) =>
        breaker.Counting == FailureCounting.Consecutive ? deployment.Failures - deployment.FailuresForgiven : deployment.Failures;

    /// <summary>Not while it cleans up: it has proved itself by then, and what was before it is stopping.</summary>
    public static bool HasTripped(CircuitBreakerSpec breaker, DeploymentRecord deployment, ServiceLimits limits) =>
        breaker.Enable && deployment is { IsUnderWay: true, Stage: not DeploymentStage.CleanUp } && CountedOf(breaker, deployment) >= ThresholdOf(breaker, limits);
}
