namespace OrleansCluster.Silo.Agent;

/// <summary>Which cluster, node, task attempt and container of its definition a container is; carried as labels, so that a restarted agent knows its own.</summary>
/// <param name="IsKept">It runs on when the lease is over: written on the container itself, since whoever fences has nobody to ask then.</param>
public sealed record ContainerLabels(string Cluster, string Node, string TaskId, int Attempt, string Container, bool IsKept = false);
