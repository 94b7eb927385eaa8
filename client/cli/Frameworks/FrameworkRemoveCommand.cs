using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Frameworks;

internal sealed class FrameworkRemoveCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The framework's name, as 'ocs framework list' shows it" };

    public FrameworkRemoveCommand(CliRun run)
        : base(run, "remove", "Stop a framework's tasks and forget it; its scheduler is told nothing more", "ocs framework remove spark") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        var framework = await call.Client.Frameworks.GetAsync(name, cancellationToken);
        await call.Client.Frameworks.DeleteAsync(name, cancellationToken);
        if (call.IsJson) call.Json.Write(framework with { Status = FrameworkStatus.Removing });
        else call.Host.Out.WriteLine($"Framework {Plain.Line(name)} is being removed: {(framework.Tasks == 1 ? "1 task" : $"{framework.Tasks} tasks")} to stop.");
        return ExitCode.Ok;
    }
}
