using OrleansCluster.Testing.Containers;

namespace OrleansCluster.Testing.Faults;

/// <summary>What work changes hands by.</summary>
internal static class HandOvers
{
    private const string Observe = $"{nameof(ITaskGrain)}.{nameof(ITaskGrain.Observe)}";

    /// <summary>An attempt hangs on each.</summary>
    public static IReadOnlyList<string> Messages { get; } = [Observe, $"answer to {Observe}", $"{nameof(ITaskGrain)}.{nameof(ITaskGrain.NodeLost)}"];

    /// <summary>Whatever comes to a silo that has to do with an attempt's beginning or end.</summary>
    public static IReadOnlyList<string> Arrivals { get; } = [HostRuntime.CreateMessage, .. Messages];
}
