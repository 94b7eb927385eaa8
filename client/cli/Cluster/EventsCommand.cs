using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Cluster;

internal sealed class EventsCommand : CliCommand
{
    private readonly Option<string?> _job = new("--job") { Description = "Only events of this job", HelpName = "ID" };
    private readonly Option<long> _after = new("--after")
    {
        Description = "Go on after this sequence number; 0 for all that is kept",
        HelpName = "SEQUENCE",
        DefaultValueFactory = _ => 0,
    };

    public EventsCommand(CliRun run)
        : base(
            run, "events", "Print what happens in the cluster, as it happens, until Ctrl-C",
            "ocs events --job wordcount-k3v9x2p7",
            "ocs events --json | jq -r 'select(.type == \"node.lost\") | .subject'")
    {
        Add(_job);
        Add(_after);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var last = call.Get(_after);
        call.WhenInterrupted = $"Interrupted. Go on: ocs events --after {last}";
        await foreach (var item in call.Client.Events.ReadAsync(last, call.Get(_job), cancellationToken))
        {
            Write(call, item);
            call.WhenInterrupted = $"Interrupted. Go on: ocs events --after {item.Sequence}";
        }

        return ExitCode.Ok;
    }

    private static void Write(Invocation call, ClusterEvent item)
    {
        if (call.IsJson)
        {
            call.Json.WriteLine(item);
            return;
        }

        var data = item.Data.ValueKind == System.Text.Json.JsonValueKind.Object && item.Data.GetPropertyCount() == 0 ? "" : $" {item.Data.GetRawText()}";
        call.Host.Out.WriteLine(Plain.Line($"{ShortTime.Clock(item.Time)} {item.Type,-17} {item.Subject}{data}"));
        call.Host.Out.Flush();
    }
}
