using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Nodes;

internal sealed class NodeListCommand : CliCommand
{
    public NodeListCommand(CliRun run)
        : base(run, "list", "List nodes with what is claimed of what they have", "ocs node list")
    {
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var page = await call.Client.Nodes.GetAllAsync(cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        var grid = new Grid("NODE", "STATUS", "TASKS", "CORES", "MEMORY", "DISK", "RUNTIME");
        foreach (var node in page.Items)
        {
            grid.Add(
                node.Name, Words.Cell(node.Status), node.TaskCount,
                $"{Amounts.Cpu(node.Claimed.Cpu)}/{Amounts.Cpu(node.Capacity.Cpu)}",
                $"{Amounts.Size(node.Claimed.Memory)}/{Amounts.Size(node.Capacity.Memory)}",
                $"{Amounts.Size(node.Claimed.Disk)}/{Amounts.Size(node.Capacity.Disk)}",
                node.Runtime);
        }

        grid.WriteTo(call.Console);
        return ExitCode.Ok;
    }
}
