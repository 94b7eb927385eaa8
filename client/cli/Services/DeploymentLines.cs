using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

/// <summary>A line for each change of a deployment, and for what the service tells of its tasks meanwhile.</summary>
internal sealed class DeploymentLines(CliHost host, int number)
{
    private ServiceEvent? _newest;
    private bool _hasBegun;
    private string _shown = "";

    public void Show(ServiceView service)
    {
        if (service.Deployments.FirstOrDefault(deployment => deployment.Number == number) is not { } deployment)
            return;

        // How it has ended is told at the end.
        if (deployment.Status == DeploymentStatus.InProgress) ShowEvents(service);
        if (DeploymentText.Of(deployment, service) is var text && text != _shown)
        {
            _shown = text;
            host.Out.WriteLine($"{ShortTime.Clock(host.Time.GetUtcNow())} {text}");
        }

        host.Out.Flush();
    }

    private void ShowEvents(ServiceView service)
    {
        if (_hasBegun)
        {
            foreach (var happened in service.Events.TakeWhile(happened => happened != _newest).Reverse())
                host.Out.WriteLine(Plain.Line($"{ShortTime.Clock(happened.At)} {happened.Message}"));
        }

        (_hasBegun, _newest) = (true, service.Events.FirstOrDefault());
    }
}
