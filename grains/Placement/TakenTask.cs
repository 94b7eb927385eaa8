namespace OrleansCluster.Placement;

/// <summary>A task of a group that was placed on a copy, and is in no snapshot yet.</summary>
internal readonly record struct TakenTask(int Node, string Group);
