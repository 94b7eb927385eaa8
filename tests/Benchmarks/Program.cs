using System.CommandLine;
using OrleansCluster.Benchmarks.Cell;
using OrleansCluster.Benchmarks.Commit;
using OrleansCluster.Benchmarks.Conflict;
using OrleansCluster.Benchmarks.Delta;
using OrleansCluster.Benchmarks.Gpu;
using OrleansCluster.Benchmarks.Launch;
using OrleansCluster.Benchmarks.Place;
using OrleansCluster.Benchmarks.Workflows;

var root = new RootCommand("Measures OrleansCluster beside the bare floor, in turn in one run.") { LaunchCommand.Create(), PlaceCommand.Create(), CommitCommand.Create(), CellCommand.Create(), ConflictCommand.Create(), GpuCommand.Create(), DeltaCommand.Create(), WorkflowCommand.Create() };
return await root.Parse(args).InvokeAsync();
