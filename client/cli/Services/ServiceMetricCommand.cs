using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceMetricCommand : CliCommand
{
    private readonly Argument<string> _name = ServiceArguments.Name();
    private readonly Argument<string> _metric = new("METRIC") { Description = "What it is called; 'cpu' and 'memory' are measured by the nodes" };
    private readonly Argument<double> _value = new("VALUE") { Description = "What it is now" };

    public ServiceMetricCommand(CliRun run)
        : base(
            run, "metric", "Say what a metric of a service is now, for its autoscaling and its deployments' alarms; it counts for a minute",
            "ocs service metric worker queue-length 1200",
            "while sleep 15; do ocs service metric worker queue-length $(redis-cli llen jobs); done")
    {
        Add(_name);
        Add(_metric);
        Add(_value);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = call.Get(_name);
        var metric = await call.Client.Services.PutMetricAsync(name, call.Get(_metric), call.Get(_value), cancellationToken);
        if (call.IsJson) call.Json.Write(metric);
        else call.Host.Out.WriteLine(Plain.Line($"Service {name}: {metric.Name} is {ScalingText.Value(metric)}."));
        return ExitCode.Ok;
    }
}
