using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Cluster;

internal sealed class SchemaCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "job or task-definition" };

    public SchemaCommand(CliRun run)
        : base(
            run, "schema", "Print the JSON Schema of what can be handed in; editors complete and check files by it",
            "ocs schema job > job.schema.json")
    {
        _name.AcceptOnlyFromAmong("job", "task-definition");
        Add(_name);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.Json.Write(await call.Client.Schemas.GetAsync(call.Get(_name), cancellationToken));
        return ExitCode.Ok;
    }
}
