using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Cluster;

internal sealed class SchemaCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "job, schedule, service, task-definition or teams" };

    public SchemaCommand(CliRun run)
        : base(
            run, "schema", "Print the JSON Schema of what can be handed in; editors complete and check files by it",
            "ocs schema job > job.schema.json")
    {
        _name.AcceptOnlyFromAmong("job", "schedule", "service", "task-definition", "teams");
        Add(_name);
    }

    // The one that came with this program, by which it checks files; no cluster is asked.
    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var name = $"{call.Get(_name)}.schema.json";
        await using var schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(SchemaCommand).Assembly.GetName().Name}.");
        using var reader = new StreamReader(schema);
        await call.Host.Out.WriteAsync(await reader.ReadToEndAsync(cancellationToken));
        return ExitCode.Ok;
    }
}
