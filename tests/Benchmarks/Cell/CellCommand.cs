using System.CommandLine;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Cell;

internal static class CellCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "Simulated nodes, an agent each", DefaultValueFactory = _ => 10_000 };
        var tasks = new Option<int>("--tasks") { Description = "Tasks of all jobs", DefaultValueFactory = _ => 100_000 };
        var inJob = new Option<int>("--tasks-in-job") { Description = "Tasks of a job", DefaultValueFactory = _ => 1000 };
        var inFlight = new Option<int>("--in-flight") { Description = "Tasks of jobs that have not ended", DefaultValueFactory = _ => 10_000 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("cell", "The whole path from the API to STOPPED, durable in SQLite, with a simulated agent on each node") { nodes, tasks, inJob, inFlight, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new CellSettings(parsed.GetValue(nodes), parsed.GetValue(tasks), parsed.GetValue(inJob), parsed.GetValue(inFlight));
            return Report.Of(settings.Fault, parsed.GetValue(json), () => CellBenchmark.Run(settings, Console.Out, cancellationToken));
        });
        return command;
    }
}
