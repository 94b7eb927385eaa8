using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

internal sealed class DeployCommand(CliRun run) : ServicePutCommand(
    run, "deploy", "Make a service, or change it; the same again changes nothing", PutMode.Any,
    "ocs deploy infra/examples/web-service.yaml --watch",
    "ocs deploy infra/examples/canary.yaml --watch     (some tasks first, the others when those have stayed healthy)",
    "ocs deploy web.yaml --watch --json | jq -c '.deployments[0] | [.stage, .healthy]'");
