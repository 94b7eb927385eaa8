using OrleansCluster.Cli.Hosting;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Services;

/// <summary>The end of a service.</summary>
internal static class ServiceDeletion
{
    private const int NotFound = 404;

    public static string Tell(ServiceView service) => $"Service {service.Spec.Name} is being deleted: {(service.Tasks.Length == 1 ? "1 task" : $"{service.Tasks.Length} tasks")} to stop.";

    /// <summary>Until it is gone, which it may be already.</summary>
    public static async Task WaitAsync(Invocation call, string name, CancellationToken cancellationToken)
    {
        call.WhenInterrupted = $"Interrupted. The deletion of service {name} goes on.";
        try
        {
            await foreach (var view in call.Client.Services.WatchAsync(name, cancellationToken))
            {
                // Another one of its name has been made.
                if (view.Status != ServiceStatus.Draining) return;
            }
        }
        catch (ClusterApiException exception) when (exception.Status == NotFound)
        {
            // Gone before the first look.
        }
    }
}
