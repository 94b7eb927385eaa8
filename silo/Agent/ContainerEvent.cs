namespace OrleansCluster.Silo.Agent;

/// <summary>A hint that a container has changed; the truth is read by inspecting it.</summary>
public sealed record ContainerEvent(string Id, ContainerLabels Labels);
