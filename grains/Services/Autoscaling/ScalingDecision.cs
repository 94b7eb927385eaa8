namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>What the desired count is to be.</summary>
/// <param name="Reason">With its figures; <see langword="null"/> where it stays.</param>
/// <param name="Held">What is wanted beyond the team's maximum, in words; <see langword="null"/> for nothing.</param>
internal sealed record ScalingDecision(int Desired, string? Reason, string? Held);
