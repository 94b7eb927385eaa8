using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceProtectCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Argument<string> _task = new("TASK") { Description = "The task's id, SERVICE.SLOT.NUMBER, as 'ocs service show' shows it" };
    private readonly Option<int> _seconds = new("--seconds")
    {
        Description = "For how long, 0 to 172800; 0 ends it",
        HelpName = "S",
        DefaultValueFactory = _ => 7200,
    };

    public ServiceProtectCommand(CliRun run)
        : base(
            run, "protect", "Keep a task of a service from being stopped by scale in; two hours unless said otherwise",
            "ocs service protect web web.3.12 --seconds 600",
            "ocs service protect web web.3.12 --seconds 0     (ends it)")
    {
        Add(_name);
        Add(_task);
        Add(_seconds);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var task = call.Get(_task);
        var service = await call.Client.Services.ProtectAsync(call.Get(_name), task, TimeSpan.FromSeconds(call.Get(_seconds)), cancellationToken);
        var until = service.Tasks.FirstOrDefault(one => one.Id == task)?.ProtectedUntil;
        if (call.IsJson) call.Json.Write(service);
        else call.Host.Out.WriteLine(until is null ? $"Task {task} is not protected." : $"Task {task} is protected until {ShortTime.Exact(until)}.");
        return ExitCode.Ok;
    }
}
