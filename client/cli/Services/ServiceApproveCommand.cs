using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceApproveCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Option<string?> _hook = new("--hook") { Description = "The hook that is meant; all that wait for an approval where it is left out", HelpName = "HOOK" };
    private readonly Option<int?> _deployment = new("--deployment") { Description = "The number of the deployment that is meant; the newest where it is left out", HelpName = "N" };
    private readonly Option<bool> _reject = new("--reject") { Description = "It may not go on: the deployment has failed" };
    private readonly Option<bool> _watch = ServiceArguments.Watch();

    public ServiceApproveCommand(CliRun run)
        : base(
            run, "approve", "Let a deployment go on that waits for an approval, or reject it",
            "ocs service approve web --watch",
            "ocs service approve web --hook sign-off --reject")
    {
        Add(_name);
        Add(_hook);
        Add(_deployment);
        Add(_reject);
        Add(_watch);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        call.WhenInterrupted = $"Interrupted before the cluster had answered. What it waits for: ocs service show {name}";
        var service = await call.Client.Services.ApproveAsync(name, call.Get(_hook), call.Get(_deployment), call.Get(_reject), cancellationToken);
        return await ServiceChange.TellAsync(call, service, call.Get(_watch), cancellationToken);
    }
}
