using System.CommandLine;
using OrleansCluster.Benchmarks.Figures;

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
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new LaunchSettings(parsed.GetValue(containers), parsed.GetValue(rounds), parsed.GetValue(network));
            return Report.Of(settings.Fault, parsed.GetValue(json), () => LaunchBenchmark.Run(settings, Console.Out, cancellationToken));
        });
        return command;
    }
}
