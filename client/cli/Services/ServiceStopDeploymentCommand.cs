using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceStopDeploymentCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Option<bool> _noRollback = new("--no-rollback") { Description = "Leave what runs as it is, and do not go back to the revision that was last completed" };
    private readonly Option<bool> _watch = ServiceArguments.Watch();

    public ServiceStopDeploymentCommand(CliRun run)
        : base(
            run, "stop-deployment", "End the deployment that is under way, and go back to the revision that was last completed",
            "ocs service stop-deployment web --watch",
            "ocs service stop-deployment web --no-rollback")
    {
        Add(_name);
        Add(_noRollback);
        Add(_watch);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        call.WhenInterrupted = $"Interrupted before the cluster had answered. Whether it is stopped: ocs service show {name}";
        return await ServiceChange.TellAsync(call, await call.Client.Services.StopDeploymentAsync(name, !call.Get(_noRollback), cancellationToken), call.Get(_watch), cancellationToken);
    }
}
