using System.CommandLine;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Conflict;

internal static class ConflictCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "Machines of 4 CPUs and 16 GB", DefaultValueFactory = _ => 10_000 };
        var hours = new Option<double>("--hours") { Description = "Virtual time of each row", DefaultValueFactory = _ => 2 };
        var load = new Option<int>("--load") { Description = "How many times the jobs come", DefaultValueFactory = _ => 1 };
        var strategy = new Option<TaskPlacementStrategy>("--strategy") { Description = "Random, as in Omega's paper, or BestFit", DefaultValueFactory = _ => TaskPlacementStrategy.Random };
        var schedulers = new Option<int[]>("--schedulers") { Description = "Schedulers at the same time", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 2, 4, 8, 16, 32] };
        var decision = new Option<double[]>("--decision") { Description = "Seconds to decide on a task", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0.01, 0.1, 1] };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("conflict", "How often schedulers that share the state conflict, in the four modes of commit, on the workload of Google's lightweight simulator")
        {
            nodes, hours, load, strategy, schedulers, decision, json,
        };
        command.SetAction((parsed, _) =>
        {
            var settings = new ConflictSettings(
                parsed.GetValue(nodes), parsed.GetValue(hours), parsed.GetValue(load), parsed.GetValue(strategy), [.. parsed.GetValue(schedulers)!], [.. parsed.GetValue(decision)!]);
            return Report.Of(settings.Fault, parsed.GetValue(json), () => Task.FromResult(ConflictBenchmark.Run(settings, Console.Out)));
        });
        return command;
    }
}
