using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Frameworks;

internal sealed class FrameworkShowCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The framework's name, as 'ocs framework list' shows it" };

    public FrameworkShowCommand(CliRun run)
        : base(run, "show", "Show a framework: its state, and what it may", "ocs framework show spark", "ocs framework show spark --json | jq .status") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var framework = await call.Client.Frameworks.GetAsync(call.Get(_name), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(framework);
            return ExitCode.Ok;
        }

        var spec = framework.Spec;
        new Details()
            .Add("Framework", spec.Name)
            .Add("Status", framework.DisconnectedAt is { } since ? $"{Words.Of(framework.Status)} since {ShortTime.Exact(since)}" : Words.Of(framework.Status))
            .Add("Tasks", $"{framework.Tasks} of at most {spec.MaximumTasks}, {framework.Unacknowledged} updates not acknowledged")
            .Add("Offers", $"{framework.Offers}{(framework.WantsOffers ? "" : ", wants none")}")
            .Add("Team", $"{spec.Team}, priority {spec.Priority}")
            .Add("When away", $"{(spec.Abandoned == AbandonedTasks.Kill ? $"its tasks are stopped after {spec.FailoverTimeout} s" : "its tasks run on")}")
            .Add("Calls", $"{spec.RateLimit} a second")
            .Add("Registered", ShortTime.Exact(framework.RegisteredAt))
            .WriteTo(call.Console);
        if (framework.Tasks > 0) call.Host.Out.WriteLine($"Its tasks: ocs task list --framework {Plain.Line(spec.Name)}");
        return ExitCode.Ok;
    }
}
