using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Nodes;

internal sealed class NodeShowCommand : CliCommand
{
    private readonly Argument<string> _name = new("NODE") { Description = "The node's name, as 'ocs node list' shows it" };

    public NodeShowCommand(CliRun run)
        : base(run, "show", "Show a node and the tasks that hold claims on it", "ocs node show host-1") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var node = await call.Client.Nodes.GetAsync(call.Get(_name), cancellationToken);
        if (call.IsJson) call.Json.Write(node);
        else Write(call, node);
        return ExitCode.Ok;
    }

    private static void Write(Invocation call, NodeView node)
    {
        var details = new Details()
            .Add("Node", node.Name)
            .Add("Status", Words.Cell(node.Status))
            .Add("Draining", Drain(node.Drain))
            .Add("Capacity", Amounts.All(node.Capacity))
            .Add("Claimed", Amounts.All(node.Claimed))
            .Add("Free", Amounts.All(node.Capacity - node.Claimed))
            .Add("GPUs", Extras.Devices(node))
            .Add("Amounts", Extras.Amounts(node))
            .Add("Runtime", node.Runtime)
            .Add("Agent", node.AgentVersion)
            .Add("Registered", node.RegisteredAt == default ? null : ShortTime.Exact(node.RegisteredAt))
            .Add("Attributes", string.Join(", ", node.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}")))
            .Add("Groups", string.Join(", ", node.TaskGroups.Select(each => $"{each.Group} ({each.Tasks})")))
            .Add("Tasks", node.TaskCount.ToString());
        details.WriteTo(call.Console);
        foreach (var task in node.Tasks)
            call.Host.Out.WriteLine($"  {Plain.Line(task)}");
    }

    private static string? Drain(NodeDrain? drain) => drain switch
    {
        null => null,
        { DrainedAt: { } at } => $"since {ShortTime.Exact(drain.Since)}, done at {ShortTime.Exact(at)}",
        { OneAtATime: true } => $"since {ShortTime.Exact(drain.Since)}, from {ShortTime.Exact(drain.Since.AddSeconds(drain.Deadline))} on one task of each job at a time",
        _ => $"since {ShortTime.Exact(drain.Since)}, tasks move at {ShortTime.Exact(drain.Since.AddSeconds(drain.Deadline))}",
    };
}
