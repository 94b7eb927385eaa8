using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Schedules;

internal sealed class ScheduleListCommand : CliCommand
{
    private readonly ListOptions _page;

    public ScheduleListCommand(CliRun run)
        : base(run, "list", "List schedules", "ocs schedule list", "ocs schedule list --json | jq -r '.items[].spec.name'") => _page = new ListOptions(this);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var page = await _page.ReadAsync(call, call.Client.Schedules.GetPageAsync, cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        var grid = new Grid("SCHEDULE", "WHEN", "NEXT", "LAST");
        foreach (var schedule in page.Items)
            grid.Add(schedule.Spec.Name, ScheduleText.When(schedule.Spec), ScheduleText.Next(schedule), ScheduleText.Last(schedule, call.Now));
        grid.WriteTo(call, page);
        return ExitCode.Ok;
    }
}
