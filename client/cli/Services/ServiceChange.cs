using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

/// <summary>Answers a command that has changed a service.</summary>
internal static class ServiceChange
{
    public static async Task<int> TellAsync(Invocation call, ServiceView service, bool watch, CancellationToken cancellationToken)
    {
        if (watch) return await new DeploymentWatch(call).RunAsync(service, cancellationToken);
        if (call.IsJson) call.Json.Write(service);
        else call.Host.Out.WriteLine(Plain.Line($"Service {service.Spec.Name}: {DeploymentText.Of(service.Deployments[0], service)}. See it: ocs service show {service.Spec.Name}"));
        return ExitCode.Ok;
    }
}
