namespace OrleansCluster.Silo.Agent;

/// <summary>Which cluster, node, task attempt and container of its definition a container is; carried as labels, so that a restarted agent knows its own.</summary>
public sealed record ContainerLabels(string Cluster, string Node, string TaskId, int Attempt, string Container);
