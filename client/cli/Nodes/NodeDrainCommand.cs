using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Nodes;

internal sealed class NodeDrainCommand : CliCommand
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Argument<string> _name = new("NODE") { Description = "The node's name, as 'ocs node list' shows it" };
    private readonly Option<int> _deadline = new("--deadline") { Description = "Seconds for which its tasks may still end by themselves, 0 to 604800", HelpName = "SECONDS" };
    private readonly Option<bool> _oneAtATime = new("--one-at-a-time") { Description = "Move one task of each job at a time" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Return when nothing is left on it; Ctrl-C leaves the drain going on" };

    public NodeDrainCommand(CliRun run)
        : base(
            run, "drain", "Take a node out of service and move its tasks elsewhere",
            "ocs node drain host-1                    its tasks are stopped now, and run elsewhere",
            "ocs node drain host-1 --deadline 600     those that have not ended in ten minutes",
            "ocs node drain host-1 --wait             until the host can be turned off")
    {
        Add(_name);
        Add(_deadline);
        Add(_oneAtATime);
        Add(_wait);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        var node = await call.Client.Nodes.DrainAsync(name, TimeSpan.FromSeconds(call.Get(_deadline)), call.Get(_oneAtATime), cancellationToken);
        var left = -1;
        while (call.Get(_wait) && node.Drain is { DrainedAt: null })
        {
            if (node.TaskCount != left && !call.IsJson)
                call.Host.Out.WriteLine($"Node {node.Name}: {(node.TaskCount == 1 ? "1 task" : $"{node.TaskCount} tasks")} left");
            left = node.TaskCount;
            await Task.Delay(_pause, call.Host.Time, cancellationToken);
            node = await call.Client.Nodes.GetAsync(name, cancellationToken);
        }

        if (call.IsJson) call.Json.Write(node);
        else call.Host.Out.WriteLine(TextOf(node));
        return ExitCode.Ok;
    }

    private static string TextOf(NodeView node) => node switch
    {
        { Drain: null } => $"Node {node.Name} is {Words.Of(node.Status)}: it was taken back into service.",
        { Drain.DrainedAt: not null } => $"Node {node.Name} is drained: nothing is left on it.",
        _ => $"Node {node.Name} takes no more tasks; {(node.TaskCount == 1 ? "1 is" : $"{node.TaskCount} are")} still there.",
    };
}
