namespace OrleansCluster.Embedded;

/// <summary>What the engine holds at this moment.</summary>
/// <param name="Activations">Grains in memory, those that come and go included.</param>
/// <param name="ActivationsByType">The same by grain type; types without any are left out.</param>
/// <param name="OpenCalls">Calls that wait for an answer, one-way calls not counted.</param>
public sealed record EngineStatistics(int Activations, IReadOnlyDictionary<string, int> ActivationsByType, int OpenCalls);
