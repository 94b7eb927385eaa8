namespace OrleansCluster.Files.Scripts;

/// <summary>One option as it stands in a script.</summary>
/// <param name="Value"><see langword="null"/> where there is none.</param>
internal sealed record ScriptOption(string Name, string? Value, Position At);
