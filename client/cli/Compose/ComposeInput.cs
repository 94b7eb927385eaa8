using System.CommandLine;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Files;
using OrleansCluster.Files.Compose;

namespace OrleansCluster.Cli.Compose;

/// <summary>The Compose file that a command was handed.</summary>
internal sealed class ComposeInput
{
    private readonly Argument<string> _file = new("FILE") { Description = "A Compose file; - for stdin" };
    private readonly Option<string?> _project = new("--project")
    {
        Description = "Of each service, the first part of its name; the file's \"name\" or its folder's where it is not given",
        HelpName = "NAME",
    };

    public ComposeInput(Command command)
    {
        command.Add(_file);
        command.Add(_project);
    }

    public async Task<ComposeFile> ReadAsync(Invocation call, CancellationToken cancellationToken)
    {
        var file = call.Get(_file);
        try
        {
            return file == "-"
                ? ComposeFile.Read("<stdin>", await call.Host.In.ReadToEndAsync(cancellationToken), call.Get(_project))
                : ComposeFile.Read(file, text: null, call.Get(_project));
        }
        catch (SourceFileException exception)
        {
            throw CliException.Input($"{exception.Title}; nothing has changed.", exception.Faults);
        }
    }
}
