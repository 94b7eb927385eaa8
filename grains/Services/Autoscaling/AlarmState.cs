namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>A metric is beyond its alarm's bound.</summary>
/// <param name="Since">Without a break.</param>
/// <param name="Value">The newest one.</param>
internal sealed record AlarmState(DateTimeOffset Since, double Value);
