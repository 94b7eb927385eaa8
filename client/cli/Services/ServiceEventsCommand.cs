using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceEventsCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with the events to come until Ctrl-C, or until the service is gone" };

    public ServiceEventsCommand(CliRun run)
        : base(run, "events", "Print what has happened to a service, the last 100 events", "ocs service events web", "ocs service events web --follow --json | jq -r .message")
    {
        Add(_name);
        Add(_follow);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        if (!call.Get(_follow))
        {
            Write(call, await call.Client.Services.GetAsync(call.Get(_name), cancellationToken), newest: null);
            return ExitCode.Ok;
        }

        ServiceEvent? newest = null;
        await foreach (var service in call.Client.Services.WatchAsync(call.Get(_name), cancellationToken))
            newest = Write(call, service, newest);
        return ExitCode.Ok;
    }

    /// <summary>Those that are newer, the oldest first.</summary>
    private static ServiceEvent? Write(Invocation call, ServiceView service, ServiceEvent? newest)
    {
        foreach (var happened in service.Events.TakeWhile(one => one != newest).Reverse())
        {
            if (call.IsJson) call.Json.WriteLine(happened);
            else call.Host.Out.WriteLine(ServiceText.Line(happened));
        }

        call.Host.Out.Flush();
        return service.Events.FirstOrDefault() ?? newest;
    }
}
