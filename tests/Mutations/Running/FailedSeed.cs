namespace OrleansCluster.Mutations.Running;

/// <summary>A seed that failed.</summary>
/// <param name="Violation">What was wrong, in one line.</param>
internal sealed record FailedSeed(int Seed, string Violation);
