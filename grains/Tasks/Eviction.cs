namespace OrleansCluster.Grains.Tasks;

/// <summary>The system's wish that an attempt ends though its task is wanted: the next attempt takes its place, elsewhere or later.</summary>
internal sealed record Eviction(StopCode Code, string Reason);
