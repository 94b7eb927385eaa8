using OrleansCluster.Silo.Agent;

namespace OrleansCluster.Testing.Hosts;

/// <summary>One node of a host, with what guards its lease.</summary>
internal sealed record SimulatedNode(AgentOptions Agent, HostGuard Guard);
