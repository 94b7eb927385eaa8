namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>What one policy wants.</summary>
/// <param name="Out">So many tasks are needed for the target; <see langword="null"/> where nothing is known.</param>
/// <param name="In">So many would do, with something to spare; never below <paramref name="Out"/>.</param>
/// <param name="Figures">The metric and its target, in words.</param>
internal sealed record ScalingWant(ScalingPolicy Policy, int? Out, int? In, string Figures);
