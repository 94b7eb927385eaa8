using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Teams;

internal sealed class TeamListCommand : CliCommand
{
    public TeamListCommand(CliRun run)
        : base(run, "list", "List teams with what they use of what they may", "ocs team list")
    {
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var page = await call.Client.Teams.GetAllAsync(cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        var grid = new Grid("TEAM", "PARENT", "WEIGHT", "SHARE", "CLAIMS", "QUEUED", "CORES", "MEMORY");
        foreach (var team in page.Items)
        {
            grid.Add(
                team.Name, team.Parent ?? "-", team.Weight, TeamText.Share(team), team.Claims, team.Queued, TeamText.Cpu(team), TeamText.Memory(team));
        }

        grid.WriteTo(call.Console);
        return ExitCode.Ok;
    }
}
