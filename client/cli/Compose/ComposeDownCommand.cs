using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Services;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Compose;

internal sealed class ComposeDownCommand : CliCommand
{
    private const int NotFound = 404;

    private readonly ComposeInput _input;
    private readonly Option<bool> _wait = new("--wait") { Description = "Go on until their tasks have stopped and they are gone" };

    public ComposeDownCommand(CliRun run)
        : base(run, "down", "Delete the services of a Compose file; no error where they are gone", "ocs compose down compose.yaml --wait")
    {
        _input = new ComposeInput(this);
        Add(_wait);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var names = (await _input.ReadAsync(call, cancellationToken)).Services.Select(service => service.Spec.Name).ToList();
        foreach (var name in names)
        {
            if (await DeleteAsync(call, name, cancellationToken) is not { } service) call.Host.Error.WriteLine($"There is no service {name}.");
            else if (call.IsJson) call.Json.WriteLine(service);
            else call.Host.Out.WriteLine(ServiceDeletion.Tell(service));
        }

        foreach (var name in call.Get(_wait) ? names : [])
            await ServiceDeletion.WaitAsync(call, name, cancellationToken);
        return ExitCode.Ok;
    }

    private static async Task<ServiceView?> DeleteAsync(Invocation call, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Client.Services.DeleteAsync(name, cancellationToken);
        }
        catch (ClusterApiException exception) when (exception.Status == NotFound)
        {
            return null;
        }
    }
}
