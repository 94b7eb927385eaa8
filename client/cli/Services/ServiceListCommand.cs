using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceListCommand : CliCommand
{
    private readonly ListOptions _page;

    public ServiceListCommand(CliRun run)
        : base(run, "list", "List services", "ocs service list", "ocs service list --json | jq -r '.items[].spec.name'") => _page = new ListOptions(this);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var page = await _page.ReadAsync(call, call.Client.Services.GetPageAsync, cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        var grid = new Grid("SERVICE", "STATUS", "DESIRED", "PENDING", "RUNNING", "HEALTHY", "DEPLOYMENT");
        foreach (var service in page.Items)
        {
            var newest = service.Deployments.FirstOrDefault();
            grid.Add(
                service.Spec.Name, Words.Of(service.Status), service.Desired, service.Pending, service.Running, service.Healthy,
                newest is null ? "-" : $"{newest.Number} of {newest.Definition} {DeploymentText.StageOf(newest)}");
        }

        grid.WriteTo(call, page);
        return ExitCode.Ok;
    }
}
