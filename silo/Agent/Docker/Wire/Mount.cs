namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <param name="Type"><c>bind</c>: a path of the host, which must exist. <c>volume</c>: made where it is not there yet.</param>
/// <param name="Source">The path, or the volume's name.</param>
internal sealed record Mount(string Type, string Source, string Target, bool ReadOnly);
