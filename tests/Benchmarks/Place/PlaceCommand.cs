using System.CommandLine;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Place;

internal static class PlaceCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "Nodes of the cluster", DefaultValueFactory = _ => 10_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each, in turn", DefaultValueFactory = _ => 9 };
        var constraints = new Option<bool>("--constraints") { Description = "Every request may go to a half of the nodes alone, which an expression over attributes names" };
        var spread = new Option<bool>("--spread") { Description = "Every request is spread over 16 zones, and placed by best fit within them" };
        var gpus = new Option<bool>("--gpus") { Description = "A third of the nodes have GPUs, and every request wants whole ones or a share of one" };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("place", "Placement decisions a second on one core, exact best fit, against a plain scalar loop over the same arrays") { nodes, rounds, constraints, spread, gpus, json };
        command.SetAction((parsed, _) =>
        {
            var settings = new PlaceSettings(parsed.GetValue(nodes), parsed.GetValue(rounds), parsed.GetValue(constraints), parsed.GetValue(spread), parsed.GetValue(gpus));
            return Report.Of(settings.Fault, parsed.GetValue(json), () => Task.FromResult(PlaceBenchmark.Run(settings, Console.Out)));
        });
        return command;
    }
}
