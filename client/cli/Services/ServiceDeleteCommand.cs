using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceDeleteCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Option<bool> _wait = new("--wait") { Description = "Go on until its tasks have stopped and it is gone" };

    public ServiceDeleteCommand(CliRun run)
        : base(run, "delete", "Stop a service's tasks; it is gone when they have stopped", "ocs service delete web --wait")
    {
        Add(_name);
        Add(_wait);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var service = await call.Client.Services.DeleteAsync(call.Get(_name), cancellationToken);
        if (call.IsJson) call.Json.Write(service);
        else call.Host.Out.WriteLine(ServiceDeletion.Tell(service));
        if (!call.Get(_wait)) return ExitCode.Ok;
        await ServiceDeletion.WaitAsync(call, service.Spec.Name, cancellationToken);
        if (!call.IsJson) call.Host.Out.WriteLine($"Service {service.Spec.Name} is gone.");
        return ExitCode.Ok;
    }
}
