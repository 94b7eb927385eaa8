using System.CommandLine;
using System.Text.Json;
using OrleansCluster.Cli.Files;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Schedules;

internal sealed class ScheduleApplyCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The schedule, in YAML or JSON; - for stdin. Its form: ocs schema schedule" };

    public ScheduleApplyCommand(CliRun run)
        : base(
            run, "apply", "Make a schedule, or change it; the same again changes nothing",
            "ocs schedule apply infra/examples/schedule.yaml",
            "ocs schedule apply nightly.yaml --json | jq -r .next") => Add(_file);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var document = await InputFile.ReadAsync<ScheduleSpec>(call.Get(_file), call.Host, cancellationToken);
        call.WhenInterrupted = "Interrupted before the cluster had answered. Applying the same file again is safe.";
        return ScheduleText.Changed(call, await document.SendAsync(json => call.Client.Schedules.PutRawAsync(NameOf(json), json, cancellationToken)));
    }

    /// <summary>Also what is no name goes to the cluster, which tells of it with all other faults.</summary>
    private static string NameOf(JsonElement schedule) => schedule.GetProperty("name").GetString() is { Length: > 0 } name && name is not ("." or "..") ? name : "invalid";
}
