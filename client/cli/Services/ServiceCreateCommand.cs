using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class ServiceCreateCommand(CliRun run) : ServicePutCommand(
    run, "create", "Make a service; refused where there is one of its name with another specification", PutMode.Create,
    "ocs service create infra/examples/web-service.yaml --watch",
    "ocs service create web.yaml --json | jq .version");
