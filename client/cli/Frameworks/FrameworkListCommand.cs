using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Frameworks;

internal sealed class FrameworkListCommand : CliCommand
{
    private readonly ListOptions _page;

    public FrameworkListCommand(CliRun run)
        : base(run, "list", "List frameworks", "ocs framework list", "ocs framework list --json | jq -r '.items[].spec.name'") => _page = new ListOptions(this);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var page = await _page.ReadAsync(call, call.Client.Frameworks.GetPageAsync, cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        var grid = new Grid("FRAMEWORK", "STATUS", "TEAM", "TASKS", "OFFERS", "REGISTERED");
        foreach (var framework in page.Items)
            grid.Add(framework.Spec.Name, Words.Of(framework.Status), framework.Spec.Team, framework.Tasks, framework.Offers, ShortTime.Ago(framework.RegisteredAt, call.Now));
        grid.WriteTo(call, page);
        return ExitCode.Ok;
    }
}
