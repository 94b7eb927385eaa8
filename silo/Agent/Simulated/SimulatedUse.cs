namespace OrleansCluster.Silo.Agent.Simulated;

/// <param name="Cpu">Millicores.</param>
/// <param name="Memory">MiB.</param>
internal readonly record struct SimulatedUse(int Cpu, int Memory);
