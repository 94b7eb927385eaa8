using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Definitions;

internal sealed class DefinitionListCommand : CliCommand
{
    private readonly Argument<string?> _family = new("FAMILY")
    {
        Description = "Only revisions of this family",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => null,
    };
    private readonly ListOptions _page;

    public DefinitionListCommand(CliRun run)
        : base(run, "list", "List task definitions", "ocs definition list", "ocs definition list web")
    {
        Add(_family);
        _page = new ListOptions(this);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var family = call.GetOptional(_family);
        var page = await _page.ReadAsync(call, (part, token) => call.Client.TaskDefinitions.GetPageAsync(family, part, token), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        var grid = new Grid("DEFINITION", "REGISTERED", "CORES", "MEMORY", "IMAGES");
        foreach (var definition in page.Items)
        {
            var sum = definition.Containers.Aggregate(Resources.Zero, (total, container) => total + container.Resources);
            grid.Add(
                definition.Name, ShortTime.Ago(definition.RegisteredAt, call.Now), Amounts.Cpu(sum.Cpu), Amounts.Size(sum.Memory),
                string.Join(", ", definition.Containers.Select(container => container.Image).Distinct()));
        }

        grid.WriteTo(call, page);
        return ExitCode.Ok;
    }
}
