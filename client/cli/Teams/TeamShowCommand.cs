using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Teams;

internal sealed class TeamShowCommand : CliCommand
{
    private readonly Argument<string> _name = new("TEAM") { Description = "The team's name, as jobs give it" };

    public TeamShowCommand(CliRun run)
        : base(run, "show", "Show a team and what it uses", "ocs team show research") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var team = await call.Client.Teams.GetAsync(call.Get(_name), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(team);
            return ExitCode.Ok;
        }

        new Details()
            .Add("Team", team.Name)
            .Add("Declared", team.IsDeclared ? $"yes, ETag {team.ETag}" : "no: weight 1, no minimum, no maximum")
            .Add("Parent", team.Parent)
            .Add("Weight", $"{team.Weight}")
            .Add("Share", TeamText.Share(team))
            .Add("Claims", $"{team.Claims}")
            .Add("Queued", $"{team.Queued}")
            .Add("Cores", TeamText.Cpu(team))
            .Add("Memory", TeamText.Memory(team))
            .Add("Disk", TeamText.Disk(team))
            .Add("GPUs", TeamText.Gpu(team))
            .WriteTo(call.Console);
        return ExitCode.Ok;
    }
}
