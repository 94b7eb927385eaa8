using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceRollbackCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Option<bool> _watch = ServiceArguments.Watch();

    public ServiceRollbackCommand(CliRun run)
        : base(run, "rollback", "Deploy the revision before again, the last that was completed; a second time takes that back", "ocs service rollback web --watch")
    {
        Add(_name);
        Add(_watch);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        call.WhenInterrupted = $"Interrupted before the cluster had answered. Whether it rolls back: ocs service show {name}";
        return await ServiceChange.TellAsync(call, await call.Client.Services.RollbackAsync(name, cancellationToken), call.Get(_watch), cancellationToken);
    }
}
