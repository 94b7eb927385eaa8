using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceScaleCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Argument<int> _count = new("N") { Description = "Tasks, 0 to 10,000" };
    private readonly Option<bool> _watch = new("--watch") { Description = "Go on until as many tasks are there and healthy" };

    public ServiceScaleCommand(CliRun run)
        : base(run, "scale", "Change how many tasks a service has", "ocs service scale web 6 --watch", "ocs service scale web 0")
    {
        Add(_name);
        Add(_count);
        Add(_watch);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken) =>
        await ServiceChange.TellAsync(call, await call.Client.Services.ScaleAsync(call.Get(_name), call.Get(_count), cancellationToken), call.Get(_watch), cancellationToken);
}
