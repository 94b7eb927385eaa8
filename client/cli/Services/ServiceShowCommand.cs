using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceShowCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();

    public ServiceShowCommand(CliRun run)
        : base(run, "show", "Show a service, its deployments, its tasks and its last events", "ocs service show web") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        ServiceDisplay.Write(call, await call.Client.Services.GetAsync(call.Get(_name), cancellationToken));
        return ExitCode.Ok;
    }
}
