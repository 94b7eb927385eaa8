using System.CommandLine;
using OrleansCluster.Cli.Files;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Teams;

internal sealed class TeamApplyCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The teams, in YAML or JSON; - for stdin. Its form: ocs schema teams" };

    public TeamApplyCommand(CliRun run)
        : base(run, "apply", "Declare teams, all of a file or none; those of the same name are replaced, others stay", "ocs team apply teams.yaml") => Add(_file);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var document = await InputFile.ReadAsync<TeamSet>(call.Get(_file), call.Host, cancellationToken);
        var teams = await document.SendAsync(json => call.Client.Teams.ApplyRawAsync(json, cancellationToken));
        if (call.IsJson) call.Json.Write(teams);
        else call.Host.Out.WriteLine($"{teams.Items.Count(team => team.IsDeclared)} teams are declared.");
        return ExitCode.Ok;
    }
}
