using System.CommandLine;
using System.Text.Json;

namespace OrleansCluster.Benchmarks.Launch;

internal static class LaunchCommand
{
    public static Command Create()
    {
        var containers = new Option<int>("--containers") { Description = "Containers a round", DefaultValueFactory = _ => 24 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each, in turn", DefaultValueFactory = _ => 5 };
        var network = new Option<NetworkMode>("--network") { Description = "bridge, host or none", DefaultValueFactory = _ => NetworkMode.Bridge };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("launch", "Containers started through the cluster, against a bare loop over the Docker Engine API with the same settings")
        {
            containers, rounds, network, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new LaunchSettings(parsed.GetValue(containers), parsed.GetValue(rounds), parsed.GetValue(network));
            if (settings.Fault is { } fault)
            {
                await Console.Error.WriteLineAsync(fault);
                return 2;
            }

            var result = await LaunchBenchmark.Run(settings, Console.Out, cancellationToken);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
            return 0;
        });
        return command;
    }
}
