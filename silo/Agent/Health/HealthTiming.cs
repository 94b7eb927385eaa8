namespace OrleansCluster.Silo.Agent.Health;

/// <summary>A health check's numbers, ECS's where the specification says nothing.</summary>
internal readonly record struct HealthTiming(TimeSpan Interval, TimeSpan Timeout, int Retries, TimeSpan StartPeriod)
{
    public static HealthTiming Of(HealthCheckSpec spec) => new(
        TimeSpan.FromSeconds(spec.Interval ?? 30), TimeSpan.FromSeconds(spec.Timeout ?? 5), spec.Retries ?? 3, TimeSpan.FromSeconds(spec.StartPeriod ?? 0));
}
