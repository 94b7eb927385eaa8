using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace OrleansCluster.Simulator.Scale;

internal static class ScaleCommand
{
    public static Command Create()
    {
        var hosts = new Option<int>("--hosts") { Description = "Machines of 4 cores and 16 GB", DefaultValueFactory = _ => 10_000 };
        var silos = new Option<int>("--silos") { Description = "Processes that have their agents", DefaultValueFactory = _ => 10 };
        var minutes = new Option<int>("--minutes") { Description = "Virtual time", DefaultValueFactory = _ => 60 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("scale", "A large cluster under the workload of Google's lightweight cluster simulator: what it costs") { hosts, silos, minutes, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new ScaleSettings(parsed.GetValue(hosts), parsed.GetValue(silos), parsed.GetValue(minutes));
            var faults = settings.Faults().ToList();
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync($"ocs-simulate: {fault}");
            if (faults.Count > 0)
                return 2;
            var result = await ScaleSimulation.Run(settings, Console.Error, cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : Describe(result));
            return 0;
        });
        return command;
    }

    private static string Describe(ScaleResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {result.Hosts} hosts, {result.Silos} silos: joined in {result.JoinSeconds:F1} s
        {result.Jobs} jobs, {result.TasksSubmitted} tasks submitted, {result.TasksEnded} ended
        {result.VirtualSeconds:F0} s of virtual time in {result.Seconds:F1} s: {result.VirtualSecondsPerSecond:F1} a second, {result.EventsPerSecond:F0} events a second
        {result.MemoryMiB:F0} MiB of managed memory
        """);
}
