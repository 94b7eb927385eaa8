using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>
/// All mutations. The bound of each is several times what was measured, since any change of the simulator draws other faults for the same seed.
/// </summary>
internal static class MutationList
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        .. StoreMutations.All, .. ClaimMutations.All, .. SchedulerMutations.All, .. LeaseMutations.All, .. NodeMutations.All, .. TaskMutations.All,
        .. JobMutations.All, .. ScheduleMutations.All, .. AgentMutations.All, .. TeamMutations.All, .. CheckpointMutations.All, .. KeepMutations.All,
        .. HealthMutations.All, .. ServiceMutations.All, .. AutoscalingMutations.All, .. FrameworkMutations.All,
    ];
}
