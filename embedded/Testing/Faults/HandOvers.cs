using OrleansCluster.Testing.Containers;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Faults;

/// <summary>What work changes hands by.</summary>
internal static class HandOvers
{
    private const string Observe = $"{nameof(ITaskGrain)}.{nameof(ITaskGrain.Observe)}";

    /// <summary>An attempt hangs on each.</summary>
    public static IReadOnlyList<string> Messages { get; } = [Observe, $"answer to {Observe}", $"{nameof(ITaskGrain)}.{nameof(ITaskGrain.NodeLost)}"];

    /// <summary>Whatever comes to a silo that has to do with an attempt's beginning or end.</summary>
    public static IReadOnlyList<string> Arrivals { get; } = [HostRuntime.CreateMessage, .. Messages];

    /// <summary>By which a checkpoint comes to count: late, it is one of an attempt that is over.</summary>
    public const string Checkpoint = $"{nameof(ITaskGrain)}.{nameof(ITaskGrain.Checkpointed)}";

    /// <summary>One of those that an attempt hangs on; where there are checkpoints, often what hands them over.</summary>
    /// <param name="seen">The names of the messages that have been sent.</param>
    public static string Pick(World world, IReadOnlyCollection<string> seen) =>
        seen.Contains(Checkpoint) && world.Random.Chance(0.5) ? Checkpoint : world.Random.Pick(Messages);
}
