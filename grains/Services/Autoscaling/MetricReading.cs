namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>A metric as it is known at a moment.</summary>
/// <param name="Value">As it was put; of a measured one the average over <paramref name="Tasks"/>.</param>
/// <param name="At">When the newest of it was received.</param>
/// <param name="Tasks">Of how many tasks it is known; 0 for what was put.</param>
internal sealed record MetricReading(double Value, DateTimeOffset At, int Tasks);
