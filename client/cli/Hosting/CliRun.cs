namespace OrleansCluster.Cli.Hosting;

/// <summary>What the commands of one run share.</summary>
internal sealed record CliRun(CliHost Host, GlobalOptions Options);
