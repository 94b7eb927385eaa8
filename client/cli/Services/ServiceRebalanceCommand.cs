using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceRebalanceCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show the moves" };

    public ServiceRebalanceCommand(CliRun run)
        : base(
            run, "rebalance", "Move a service's tasks until they are spread evenly, whatever its file says of rebalancing; another one is healthy before a task goes",
            "ocs service rebalance web --dry-run",
            "ocs service rebalance web")
    {
        Add(_name);
        Add(_dryRun);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        var service = await call.Client.Services.RebalanceAsync(name, call.Get(_dryRun), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(service);
            return ExitCode.Ok;
        }

        var moves = service.SuggestedMoves.Length == 1 ? "1 task" : $"{service.SuggestedMoves.Length} tasks";
        call.Host.Out.WriteLine(service.SuggestedMoves.IsEmpty ? $"Service {name}: no move would spread its tasks better."
            : call.Get(_dryRun) ? $"Service {name}: {moves} would be moved. To do it: ocs service rebalance {name}"
            : $"Service {name}: {moves} to be moved. See it: ocs service show {name}");
        ServiceDisplay.WriteMoves(call, service);
        return ExitCode.Ok;
    }
}
