using System.CommandLine;
using OrleansCluster.Simulator.Scale;
using OrleansCluster.Simulator.Scale.Frameworks;

namespace OrleansCluster.Simulator;

internal static class SimulateCommand
{
    private const int Ok = 0;
    private const int FoundSomething = 1;
    private const int BadUsage = 2;

    public static RootCommand Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds", DefaultValueFactory = _ => 100 };
        var from = new Option<ulong>("--from") { Description = "The first of them", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong?>("--seed") { Description = "This seed alone" };
        var trace = new Option<bool>("--trace") { Description = "With --seed: every event as it happens" };
        var jobs = new Option<int>("--jobs") { Description = "Seeds at once", DefaultValueFactory = _ => Environment.ProcessorCount };
        var stop = new Option<bool>("--stop-at-first") { Description = "End with the first seed that fails" };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new RootCommand(
            """
            Simulates whole clusters, each on one thread and from one seed, with faults, and checks what must always hold.

            Examples:
              infra/simulate --seeds 1000              a thousand seeds, as many at once as there are cores
              infra/simulate --seeds 1000 --from 5000  others
              infra/simulate --seed 4711 --trace       one seed again, with all its events
              infra/simulate scale --hosts 10000       what a large cluster costs
              infra/simulate flood                     when a team has what it is guaranteed
              infra/simulate frameworks                schedulers of others beside ours

            Exit codes: 0 nothing found, 1 a seed failed, 2 bad usage.
            """)
        {
            seeds, from, seed, trace, jobs, stop, json, ScaleCommand.Create(), FloodCommand.Create(), ServicesCommand.Create(), FrameworksCommand.Create(),
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new SimulateSettings
            {
                Seeds = parsed.GetValue(seed) is null ? parsed.GetValue(seeds) : 1,
                From = parsed.GetValue(seed) ?? parsed.GetValue(from),
                Traces = parsed.GetValue(trace),
                Jobs = parsed.GetValue(jobs),
                StopsAtFirst = parsed.GetValue(stop),
                WritesJson = parsed.GetValue(json),
            };
            var faults = settings.Faults(hasSeed: parsed.GetValue(seed) is not null);
            if (faults.Count == 0)
                return await SeedRunner.Run(settings, Console.Out, Console.Error, cancellationToken) ? Ok : FoundSomething;
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync($"ocs-simulate: {fault}");
            return BadUsage;
        });
        return command;
    }
}
