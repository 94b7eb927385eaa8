using System.CommandLine;
using OrleansCluster.Cli.Files;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Definitions;

internal sealed class DefinitionRegisterCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The task definition, in YAML or JSON; - for stdin. Its form: ocs schema task-definition",
    };

    public DefinitionRegisterCommand(CliRun run)
        : base(
            run, "register", "Register the next revision of a task definition; what equals the newest revision is that revision",
            "ocs definition register web.yaml") => Add(_file);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var document = await InputFile.ReadAsync<TaskDefinitionSpec>(call.Get(_file), call.Host, cancellationToken);
        var definition = await document.SendAsync(json => call.Client.TaskDefinitions.RegisterRawAsync(json, cancellationToken));
        if (call.IsJson) call.Json.Write(definition);
        else call.Host.Out.WriteLine($"Task definition {definition.Name} is registered.");
        return ExitCode.Ok;
    }
}
