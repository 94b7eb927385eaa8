using System.Runtime.CompilerServices;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

/// <summary>
/// Follows a service's newest deployment until it has ended: bars on a terminal, a line a change in a pipe, a document a change as JSON. Where it was complete before, another count is
/// what is followed, until as many tasks are there and healthy.
/// </summary>
internal sealed class DeploymentWatch(Invocation call)
{
    /// <returns>0 when it was completed, 1 when it was not.</returns>
    public async Task<int> RunAsync(ServiceView service, CancellationToken cancellationToken)
    {
        var (name, number) = (service.Spec.Name, service.Deployments[0].Number);
        call.WhenInterrupted = service.Deployments[0].Status == DeploymentStatus.InProgress
            ? $"Interrupted. Deployment {number} of service {name} goes on. See it again: ocs service show {name}. Take it back: ocs service rollback {name}"
            : $"Interrupted. Service {name} goes on. See it again: ocs service show {name}";
        var views = Follow(service, number, cancellationToken);
        var last = call switch
        {
            { IsJson: true } => await ShowAsync(views, call.Json.WriteLine),
            { Host.IsInteractive: true } => await new DeploymentBars(call.Console, number).ShowAsync(views),
            _ => await ShowAsync(views, new DeploymentLines(call.Host, number).Show),
        };
        var end = last.Deployments.FirstOrDefault(deployment => deployment.Number == number);
        if (!call.IsJson) WriteEnd(last, number, end);
        return end is { Status: DeploymentStatus.Completed } && last.Status == ServiceStatus.Active ? ExitCode.Ok : ExitCode.JobFailed;
    }

    private async IAsyncEnumerable<ServiceView> Follow(ServiceView service, int number, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wasComplete = service.Deployments[0].Status == DeploymentStatus.Completed;
        await foreach (var view in call.Client.Services.WatchAsync(service.Spec.Name, cancellationToken))
        {
            yield return view;
            var deployment = view.Deployments.FirstOrDefault(deployment => deployment.Number == number);
            if (view.Status == ServiceStatus.Draining || deployment is not { Status: DeploymentStatus.InProgress or DeploymentStatus.Completed })
                yield break;
            if (deployment.Status == DeploymentStatus.Completed && (!wasComplete || view.Deployments[0].Number != number || IsSteady(view)))
                yield break;
        }
    }

    private static bool IsSteady(ServiceView service) => service.Healthy == service.Desired && service.Tasks.Length == service.Desired;

    private static async Task<ServiceView> ShowAsync(IAsyncEnumerable<ServiceView> views, Action<ServiceView> show)
    {
        ServiceView? last = null;
        await foreach (var view in views)
        {
            show(view);
            last = view;
        }

        return last ?? throw new InvalidOperationException("A watch gives the service at least once.");
    }

    private void WriteEnd(ServiceView service, int number, DeploymentView? end)
    {
        var name = service.Spec.Name;
        var text = (service.Status, end) switch
        {
            (ServiceStatus.Draining, _) => $"Service {name} is being deleted.",
            (_, null) => $"Deployment {number} of service {name} has been followed by others.",
            (_, { Status: DeploymentStatus.Completed }) => $"Deployment {number} of service {name} COMPLETED after {ShortTime.Span(end.CreatedAt, end.EndedAt, call.Now)}",
            _ => $"Deployment {number} of service {name} {Words.Of(end.Status)} after {ShortTime.Span(end.CreatedAt, end.EndedAt, call.Now)}: {end.Reason}",
        };
        call.Host.Out.WriteLine(Plain.Line(text));
        if (service.Deployments[0] is { RollbackOf: { } taken } rollback && taken == number)
            call.Host.Out.WriteLine($"Deployment {rollback.Number} takes {rollback.Definition} back. See it: ocs service show {name}");
        else if (end is { Status: DeploymentStatus.Failed })
            call.Host.Out.WriteLine($"Its tasks: ocs task list --service {name}");
    }
}
