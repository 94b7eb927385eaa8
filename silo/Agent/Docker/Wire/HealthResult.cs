namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <param name="ExitCode">0 for a success, -1 where the check did not end in time or could not be run.</param>
/// <param name="Output">4 KiB at most.</param>
internal sealed record HealthResult(int ExitCode, string? Output);
