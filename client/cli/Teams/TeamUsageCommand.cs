using System.CommandLine;
using System.Globalization;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Teams;

internal sealed class TeamUsageCommand : CliCommand
{
    private const decimal SecondsInHour = 3600;
    private const decimal MebibytesInGibibyte = 1024;

    private readonly Option<DateTimeOffset?> _from = new("--from") { Description = "From the hour of this time on; the last day where it is not given", HelpName = "TIME" };
    private readonly Option<DateTimeOffset?> _to = new("--to") { Description = "Up to the hour of this time; now where it is not given", HelpName = "TIME" };
    private readonly Option<bool> _csv = new("--csv") { Description = "Comma-separated values, by the second" };

    public TeamUsageCommand(CliRun run)
        : base(
            run, "usage", "What teams have used, hour by hour: from each claim's commit to its release, or until now",
            "ocs team usage", "ocs team usage --from 2026-11-01 --to 2026-12-01 --csv > november.csv")
    {
        Add(_from);
        Add(_to);
        Add(_csv);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var page = await call.Client.Teams.GetUsageAsync(call.Get(_from), call.Get(_to), cancellationToken);
        if (call.IsJson)
            call.Json.Write(page);
        else if (call.Get(_csv))
            call.Host.Out.Write(UsageCsv.Of(page.Items));
        else
            Write(call, page);
        return ExitCode.Ok;
    }

    private static void Write(Invocation call, Page<TeamUsage> page)
    {
        var grid = new Grid("HOUR", "TEAM", "CORE-HOURS", "GIB-HOURS", "GPU-HOURS");
        foreach (var row in page.Items)
        {
            grid.Add(
                row.Hour.UtcDateTime.ToString("yyyy-MM-dd HH:00'Z'", CultureInfo.InvariantCulture), row.Team,
                Spell(row.CoreSeconds / SecondsInHour), Spell(row.MemoryMibSeconds / MebibytesInGibibyte / SecondsInHour), Spell(row.GpuThousandthSeconds / 1000 / SecondsInHour));
        }

        grid.WriteTo(call.Console);
    }

    private static string Spell(decimal amount) => amount.ToString("0.###", CultureInfo.InvariantCulture);
}
