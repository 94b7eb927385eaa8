using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceUpdateCommand(CliRun run) : ServicePutCommand(
    run, "update", "Change a service; refused where there is none. What changes its tasks begins a deployment", PutMode.Update,
    "ocs service update infra/examples/web-service.yaml --watch");
