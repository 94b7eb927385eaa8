using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;
using OrleansCluster.Cli.Tasks;

namespace OrleansCluster.Cli.Cluster;

internal sealed class ExplainCommand : CliCommand
{
    private readonly Argument<string> _id = TaskArguments.Id();

    public ExplainCommand(CliRun run)
        : base(run, "explain", "Say why a task is where it is, and whether waiting can help", "ocs explain too-big-k3v9x2p7.big.0") => Add(_id);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var explanation = await call.Client.Tasks.ExplainAsync(call.Get(_id), cancellationToken);
        if (call.IsJson) call.Json.Write(explanation);
        else Write(call.Host.Out, explanation);
        return ExitCode.Ok;
    }

    private static void Write(TextWriter output, TaskExplanation explanation)
    {
        output.WriteLine(Plain.Line($"{explanation.TaskId} is {Words.Of(explanation.State)}: {explanation.Summary}"));
        if (explanation.Placement is not { } placement) return;
        if (!explanation.Summary.Contains(placement.Summary, StringComparison.Ordinal)) output.WriteLine(Plain.Line(placement.Summary));
        output.WriteLine($"  {placement.Feasible} of {placement.Nodes} nodes could take it now");
        foreach (var shortfall in placement.Shortfalls)
            output.WriteLine(Plain.Line($"  {shortfall.Nodes} of {placement.Nodes}: {shortfall.Reason}"));
        output.WriteLine(placement.WaitingCanHelp
            ? "Waiting can help: it would fit on a node if less ran there."
            : "Waiting will not help: it would not fit on any node even if nothing else ran there.");
    }
}
