using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Grains.Services;

/// <summary>What the tasks of a service are: a deployment brings one of these to all slots.</summary>
/// <param name="Spec">As it was put; of its counts and percentages the service's newest specification is asked.</param>
internal sealed record ServiceRevision(int Number, ServiceSpec Spec, ResolvedTask Task);
