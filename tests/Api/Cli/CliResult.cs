namespace OrleansCluster.Tests.Api.Cli;

/// <summary>What a run of <c>ocs</c> left behind.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error);
