using System.CommandLine;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Delta;

internal static class DeltaCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "Nodes of the cluster", DefaultValueFactory = _ => 10_000 };
        var changed = new Option<int>("--changed") { Description = "Nodes that change between two deltas", DefaultValueFactory = _ => 250 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds, each a snapshot and a delta", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("delta", "What a scheduler pays for the cluster state: a snapshot, a delta and a copy to decide on, in time and in bytes") { nodes, changed, rounds, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new DeltaSettings(parsed.GetValue(nodes), parsed.GetValue(changed), parsed.GetValue(rounds));
            return Report.Of(settings.Fault, parsed.GetValue(json), () => DeltaBenchmark.Run(settings, Console.Out, cancellationToken));
        });
        return command;
    }
}
