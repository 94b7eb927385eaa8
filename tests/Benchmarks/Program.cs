using System.CommandLine;
using OrleansCluster.Benchmarks.Cell;
using OrleansCluster.Benchmarks.Commit;
using OrleansCluster.Benchmarks.Conflict;
using OrleansCluster.Benchmarks.Delta;
using OrleansCluster.Benchmarks.Gpu;
using OrleansCluster.Benchmarks.Launch;
using OrleansCluster.Benchmarks.Place;

var root = new RootCommand("Measures OrleansCluster beside the bare floor, in turn in one run.") { LaunchCommand.Create(), PlaceCommand.Create(), CommitCommand.Create(), CellCommand.Create(), ConflictCommand.Create(), GpuCommand.Create(), DeltaCommand.Create() };
return await root.Parse(args).InvokeAsync();
