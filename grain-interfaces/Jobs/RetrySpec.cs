using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>
/// Whether and when a task whose attempt has failed is tried again. What the system ended (its node was lost or drained, it was preempted) is tried again
/// without it, and uses up none of its attempts.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.RetrySpec")]
public sealed record RetrySpec
{
    /// <summary>How many attempts there are to fail with, 1 to 100.</summary>
    [Id(0)] public int Attempts { get; init; } = 3;

    /// <summary>
    /// Seconds before the second attempt, 0 to 3,600; doubled for each one after it. Chance cuts each wait to something between half of it and all of it, so that
    /// what failed together does not come back together.
    /// </summary>
    [Id(1)] public int Backoff { get; init; } = 1;

    /// <summary>Seconds that no wait is longer than, 0 to 86,400.</summary>
    [Id(2)] public int MaxBackoff { get; init; } = 300;

    /// <summary>
    /// Exit codes that are worth another attempt, 1 to 255, at most 100; empty for all. What has no exit code (it failed to start, it ran into a time limit) is tried
    /// again in any case.
    /// </summary>
    [Id(3)] public ImmutableArray<int> RetryOn { get; init; } = [];

    /// <summary>Exit codes that end the task at once, 1 to 255, at most 100. What they have in common with <see cref="RetryOn"/> is a fault.</summary>
    [Id(4)] public ImmutableArray<int> FailOn { get; init; } = [];
}
