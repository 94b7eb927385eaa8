using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>What a look at a service comes to.</summary>
/// <param name="Record">What is to be stored before anything is done; the same object where nothing changes. What it lists and has not begun is started, what it lists as stopping is stopped.</param>
/// <param name="Evicted">Tasks the attempts of which are to end, so that others take their place.</param>
/// <param name="NextLook">When time alone will change something; <see langword="null"/> where it will not.</param>
internal sealed record ServicePlan(ServiceRecord Record, ImmutableArray<int> Evicted, DateTimeOffset? NextLook);
