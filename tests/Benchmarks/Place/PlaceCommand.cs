using System.CommandLine;
using System.Text.Json;

namespace OrleansCluster.Benchmarks.Place;

internal static class PlaceCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "Nodes of the cluster", DefaultValueFactory = _ => 10_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each, in turn", DefaultValueFactory = _ => 9 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("place", "Placement decisions a second on one core, exact best fit, against a plain scalar loop over the same arrays") { nodes, rounds, json };
        command.SetAction(parsed =>
        {
            var settings = new PlaceSettings(parsed.GetValue(nodes), parsed.GetValue(rounds));
            if (settings.Fault is { } fault)
            {
                Console.Error.WriteLine(fault);
                return 2;
            }

            var result = PlaceBenchmark.Run(settings, Console.Out);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
            return 0;
        });
        return command;
    }
}
