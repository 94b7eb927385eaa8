using System.CommandLine;
using OrleansCluster.Benchmarks.Launch;

var root = new RootCommand("Measures OrleansCluster beside the bare floor, in turn in one run.") { LaunchCommand.Create() };
return await root.Parse(args).InvokeAsync();
