namespace OrleansCluster.Files;

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
internal readonly record struct Position(int Line, int Column);
