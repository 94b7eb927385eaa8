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

        // Most clusters have none of them.
        var hasGpus = page.Items.Any(node => node.ExtraCapacity is { Gpus.IsEmpty: false });
        var hasAmounts = page.Items.Any(node => node.ExtraCapacity is { Amounts.IsEmpty: false });
        var grid = new Grid([
            "NODE", "STATUS", "TASKS", "CORES", "MEMORY", "DISK", .. Where(hasGpus, "GPUS"), .. Where(hasAmounts, "AMOUNTS"), "RUNTIME",
        ]);
        foreach (var node in page.Items)
        {
            grid.Add([
                node.Name, Words.Cell(node.Status), node.TaskCount,
                $"{Amounts.Cpu(node.Claimed.Cpu)}/{Amounts.Cpu(node.Capacity.Cpu)}",
                $"{Amounts.Size(node.Claimed.Memory)}/{Amounts.Size(node.Capacity.Memory)}",
                $"{Amounts.Size(node.Claimed.Disk)}/{Amounts.Size(node.Capacity.Disk)}",
                .. Where(hasGpus, Extras.Gpus(node)),
                .. Where(hasAmounts, Extras.Amounts(node)),
                node.Runtime,
            ]);
        }

        grid.WriteTo(call.Console);
        return ExitCode.Ok;
    }

    private static string[] Where(bool isShown, string cell) => isShown ? [cell] : [];
}
