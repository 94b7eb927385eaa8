namespace OrleansCluster.Testing.Invariants;

/// <summary>A request that is under way to a task.</summary>
/// <param name="Duration">After which it is answered.</param>
internal sealed record CallerRequest(string TaskId, DateTimeOffset Began, TimeSpan Duration);
