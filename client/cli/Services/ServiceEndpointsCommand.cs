using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;
using OrleansCluster.Cli.Tasks;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceEndpointsCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();

    public ServiceEndpointsCommand(CliRun run)
        : base(
            run, "endpoints", "List where a service is reached: its tasks that run, are healthy and are to stay",
            "ocs service endpoints web", "ocs service endpoints web --json | jq -r '.endpoints[] | \"\\(.address):\\(.ports[0].host)\"'") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var list = await call.Client.Services.GetEndpointsAsync(call.Get(_name), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(list);
            return ExitCode.Ok;
        }

        var grid = new Grid("TASK", "NODE", "REACHED AT", "CONTAINER", "REVISION");
        foreach (var endpoint in list.Endpoints)
        {
            foreach (var port in endpoint.Ports)
                grid.Add(endpoint.TaskId, endpoint.Node, TaskText.Reached(endpoint.Address, port.Host), $"{port.Container}/{Words.Of(port.Protocol)}", endpoint.Revision);
        }

        grid.WriteTo(call.Console);
        return ExitCode.Ok;
    }
}
