using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace OrleansCluster.Simulator.Scale;

internal static class ServicesCommand
{
    public static Command Create()
    {
        var hosts = new Option<int>("--hosts") { Description = "Machines of 4 cores and 16 GB", DefaultValueFactory = _ => 10_000 };
        var silos = new Option<int>("--silos") { Description = "Silos that they are dealt out among; the last one is lost with all its nodes", DefaultValueFactory = _ => 20 };
        var services = new Option<int>("--services") { Description = "Services", DefaultValueFactory = _ => 1000 };
        var count = new Option<int>("--count") { Description = "Tasks of each", DefaultValueFactory = _ => 10 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("services", "Many services on many nodes, of which one silo's are lost at once: when all tasks run again") { hosts, silos, services, count, json };
        command.SetAction(async (parsed, _) =>
        {
            var result = await ServicesSimulation.Run(parsed.GetValue(hosts), parsed.GetValue(silos), parsed.GetValue(services), parsed.GetValue(count), Console.Error);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : Describe(result));
            return 0;
        });
        return command;
    }

    private static string Describe(ServicesResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {result.Hosts} hosts of {result.Silos} silos, {result.Services} services: all of their {result.Tasks} tasks run {result.UpSeconds:F1} s of virtual time after the first was asked for
        {result.LostNodes} nodes are lost with {result.LostTasks} tasks: half of those run elsewhere after {result.HalfSeconds:F1} s, all after {result.HealedSeconds:F1} s of virtual time
        a look at one of them, at rest: {result.PassMicroseconds:F1} us; at a service of 10,000 tasks: {result.LargePassMicroseconds:F0} us
        {result.Seconds:F1} s of real time
        """);
}
