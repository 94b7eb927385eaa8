using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace OrleansCluster.Simulator.Scale;

internal static class FloodCommand
{
    public static Command Create()
    {
        var hosts = new Option<int>("--hosts") { Description = "Machines of 4 cores and 16 GB", DefaultValueFactory = _ => 1000 };
        var tasks = new Option<int>("--tasks") { Description = "Tasks of a core each that one team floods the cluster with", DefaultValueFactory = _ => 100_000 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("flood", "One team floods the cluster, another asks for the fifth of it that it is guaranteed: when it has that") { hosts, tasks, json };
        command.SetAction(async (parsed, _) =>
        {
            var result = await FloodSimulation.Run(parsed.GetValue(hosts), parsed.GetValue(tasks), Console.Error);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : Describe(result));
            return 0;
        });
        return command;
    }

    private static string Describe(FloodResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {result.Hosts} hosts, {result.Tasks} tasks of one team: {result.Running} run, the others wait
        the other team is guaranteed {result.Guaranteed} tasks: the first runs {result.FirstSeconds:F1} s after it has asked, half of them after {result.HalfSeconds:F1} s, all after {result.AllSeconds:F1} s of virtual time
        {result.Preempted} tasks of the flood had to leave; {result.Seconds:F1} s of real time
        """);
}
