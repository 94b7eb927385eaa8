namespace OrleansCluster.Grains.Services;

/// <summary>A service's instances together with what is known of their tasks at one moment: the questions that its rules ask.</summary>
internal sealed class ServiceSight(ServiceSpec spec, IReadOnlyDictionary<int, ServiceTask> tasks, IReadOnlySet<int> leaving, DateTimeOffset now)
{
    private readonly TimeSpan _healthyTime = TimeSpan.FromSeconds(spec.DeploymentConfiguration.MinimumHealthyTime);

    public DateTimeOffset Now => now;

    public ServiceTask? Find(ServiceInstance instance) => tasks.GetValueOrDefault(instance.Number);

    public bool HasStopped(ServiceInstance instance) => Find(instance)?.State == TaskState.Stopped;

    /// <summary>It serves, and is to go on serving so far as anybody but its node knows.</summary>
    public bool IsHealthy(ServiceInstance instance) =>
        instance.Stopping is null && Find(instance) is { State: TaskState.Running, IsLeaving: false, IsWell: true, StartedAt: { } since } && since + _healthyTime <= now;

    /// <summary>When it will have been healthy for long enough, if nothing happens to it.</summary>
    public DateTimeOffset? HealthyAt(ServiceInstance instance) =>
        instance.Stopping is null && Find(instance) is { State: TaskState.Running, IsLeaving: false, IsWell: true, StartedAt: { } since } && since + _healthyTime > now ? since + _healthyTime : null;

    public bool IsUnwell(ServiceInstance instance) => instance.Stopping is null && Find(instance) is { State: TaskState.Running, IsLeaving: false, Health: HealthStatus.Unhealthy };

    /// <summary>Its node is taken out of service: something else has to take its slot.</summary>
    public bool MustMove(ServiceInstance instance) => leaving.Contains(instance.Number);

    public bool IsProtected(ServiceInstance instance) => instance.ProtectedUntil > now;
}
