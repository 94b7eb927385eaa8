namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <summary>Docker writes a set as an object whose values are <c>{}</c>.</summary>
internal sealed record EmptyObject;
