namespace OrleansCluster.Grains.Scheduling;

/// <summary>What of a queue is one team's, parked attempts among it.</summary>
/// <param name="Oldest">When the attempt that has waited longest was queued.</param>
internal readonly record struct TeamQueue(string Team, int Length, DateTimeOffset Oldest);
