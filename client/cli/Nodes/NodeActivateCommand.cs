using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Nodes;

internal sealed class NodeActivateCommand : CliCommand
{
    private readonly Argument<string> _name = new("NODE") { Description = "The node's name, as 'ocs node list' shows it" };

    public NodeActivateCommand(CliRun run)
        : base(run, "activate", "Take a drained node back into service", "ocs node activate host-1") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var node = await call.Client.Nodes.ActivateAsync(call.Get(_name), cancellationToken);
        if (call.IsJson) call.Json.Write(node);
        else call.Host.Out.WriteLine($"Node {node.Name} is {Words.Of(node.Status)}.");
        return ExitCode.Ok;
    }
}
