using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Teams;

internal sealed class TeamDeleteCommand : CliCommand
{
    private readonly Argument<string> _name = new("TEAM") { Description = "The team's name" };
    private readonly Option<string?> _etag = new("--etag") { Description = "Only while the declaration has this ETag", HelpName = "ETAG" };

    public TeamDeleteCommand(CliRun run)
        : base(run, "delete", "Take a team's declaration back; what runs goes on as an undeclared team's", "ocs team delete research")
    {
        Add(_name);
        Add(_etag);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        await call.Client.Teams.DeleteAsync(name, call.Get(_etag), cancellationToken);
        if (call.IsJson) call.Json.Write(new TeamSet { Teams = [] });
        else call.Host.Out.WriteLine($"Team {Plain.Line(name)} is not declared any more.");
        return ExitCode.Ok;
    }
}
