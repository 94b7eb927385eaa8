using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>How many tasks there have to be and may be, of a desired count; rounded as ECS rounds.</summary>
internal readonly record struct ServiceLimits(int Desired, int Minimum, int Maximum)
{
    private const int Percent = 100;

    /// <param name="nodes">For a daemon service, those that it goes to.</param>
    public static ServiceLimits Of(ServiceRecord record, ImmutableArray<string> nodes) => Of(
        record.Spec.DeploymentConfiguration,
        record.IsDeleted ? 0 : record.Spec.SchedulingStrategy == SchedulingStrategy.Daemon ? nodes.Length : record.Spec.DesiredCount);

    public static ServiceLimits Of(DeploymentConfiguration configuration, int desired) => new(
        desired,
        (int)(((long)desired * configuration.MinimumHealthyPercent + Percent - 1) / Percent),
        (int)((long)desired * configuration.MaximumPercent / Percent));

    /// <summary>Neither may one more be started, nor one be stopped: nothing could ever be replaced.</summary>
    public bool IsStuck => Desired > 0 && Maximum <= Desired && Minimum >= Desired;

    /// <summary>Of the desired count, rounded up.</summary>
    public int Share(int percent) => (int)(((long)Desired * percent + Percent - 1) / Percent);
}
